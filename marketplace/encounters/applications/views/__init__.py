"""The pages of applications, by who they serve: pupil, guardian, company, office."""
