-- The place of a certificate in the public lists of states, drawn by chance: whoever reads a list learns how many were
-- withdrawn, and of a certificate only whoever was shown it. None for those issued before there were lists.
alter table training_certificate add column status_index bigint;
create unique index training_certificate_by_status on training_certificate (status_index);
