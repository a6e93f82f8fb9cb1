"""An action is what other places can take over: an idea that was tried somewhere.

Whether it exists in each of the three states is open until the office has checked
it; what it found, when, and on what evidence stands with the action. So does how it
is paid for. The office writes actions, changes them with a history, shows and
withdraws them; others come from lists that were taken over.
"""
