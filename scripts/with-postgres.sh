#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own: in a temporary folder, without TCP, ended with the command.
# Exports TANDAU_TEST_POSTGRES. An address that is already set is used as it is.
set -euo pipefail

[ $# -gt 0 ] || { echo "usage: $0 COMMAND…" >&2; exit 2; }
[ -z "${TANDAU_TEST_POSTGRES:-}" ] || exec "$@"

server=$(command -v postgres || compgen -G '/usr/lib/postgresql/*/bin/postgres' | sort -V | tail -n 1 || true)
if [ -z "$server" ]; then
  echo "PostgreSQL is not installed: its tests will say that they did not run" >&2
  exec "$@"
fi
bin=$(dirname "$server")
folder=$(mktemp -d "${TMPDIR:-/tmp}/tandau-postgres.XXXXXX")
# PostgreSQL refuses to run as root.
as=()
if [ "$(id -u)" = 0 ]; then
  user=postgres
  id "$user" >/dev/null 2>&1 || user=nobody
  chown "$user" "$folder"
  as=(runuser -u "$user" --)
fi

finish() {
  (cd "$folder" && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || true
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

(
  cd "$folder"
  "${as[@]}" "$bin/initdb" -D data -U tandau -A trust -E UTF8 --locale=C --no-sync >initdb.log 2>&1 ||
    { cat initdb.log >&2; exit 1; }
  # Only the tests' data is at stake, and no port: a socket in a folder of our own.
  "${as[@]}" "$bin/pg_ctl" -D data -l server.log -w -t 60 start \
    -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" \
    >/dev/null || { cat server.log >&2; exit 1; }
)
# Others may enter the folder, so that tests under any user reach the socket.
chmod 755 "$folder"
export TANDAU_TEST_POSTGRES="postgres://tandau@localhost/postgres?host=$folder"
"$@"
