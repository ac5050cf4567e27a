-- What arrived from phones: one row for each envelope, whatever became of it. The id is made on the phone; the
-- same envelope sent again finds its row and gets the same answer.
create table inbox_envelope (
  id text primary key,
  kind text not null,
  account_person text not null,
  body_sha256 text not null,
  device_made_at bigint not null,
  clock_skew_seconds bigint not null,
  received_at bigint not null,
  outcome text not null
);

-- A photo that arrives ahead of its envelope.
create table inbox_file (
  id text primary key,
  account_person text not null,
  file_id text not null references stored_file (id),
  received_at bigint not null
);
