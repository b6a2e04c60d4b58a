"""A dossier from its applicant's side: where it stands, pieces, deposit, receipts, messages, mails."""
