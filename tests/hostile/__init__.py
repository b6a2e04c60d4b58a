"""No text of an applicant or of an invited expert reaches anything unescaped: a hostile corpus in every field."""
