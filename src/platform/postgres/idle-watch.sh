# Stops an embedded server that nobody uses: after a kill -9 of Assay nothing else would.
# usage: sh idle-watch.sh PID SOCKET LIMIT_SECONDS PAUSE_SECONDS
pid=$1 socket=$2 limit=$3 pause=$4 idle=0

# On Linux each accepted connection stands in /proc/net/unix under the socket's path, beside the listening socket itself.
has_clients() {
  if [ -r /proc/net/unix ]; then
    [ "$(grep -c -F " $socket" /proc/net/unix)" -gt 1 ]
  else
    ps -A -o ppid= -o args= | awk -v pid="$pid" '$1 == pid && /\[local\]/ { found = 1 } END { exit !found }'
  fi
}

while sleep "$pause" && kill -0 "$pid" 2>/dev/null; do
  if has_clients; then
    idle=0
  else
    idle=$((idle + pause))
  fi
  if [ "$idle" -ge "$limit" ]; then
    kill -INT "$pid"
  fi
done

# The server has removed its socket; the directory was made for it alone.
rmdir "${socket%/*}" 2>/dev/null
