-- What a report of completion must bring along: words of `photo`, `document`, `note`, parted by spaces.
alter table task add column evidence text not null default '';
