"""Vetting: who is alone with young people shows an extended certificate of conduct.

The office asks for it in writing (§ 30a Abs. 2 BZRG), looks at it and gives it back.
Four values are kept, encrypted, after § 72a Abs. 5 SGB VIII: that it was seen, its
date, that it has no relevant entry, and who saw it. Where it has one, nothing is kept
and the person does not do it. Nothing can be uploaded. Six months after the activity
the note goes.
"""
