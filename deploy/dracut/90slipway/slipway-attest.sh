#!/bin/sh
# Shows a Slipway service by a quote of this machine's TPM what was booted, and writes the pointer config by which stock Ignition fetches the
# machine's config. The TPM was enrolled before, by factory/enroll.sh. Needs curl and tpm2-tools (5.0 or later), and any POSIX shell.
#
# /etc/slipway/attest.conf is shell, and says:
#   URL=https://slipway.example:8443   the service
#   CA=/etc/slipway/ca.pem             certificates that its own is checked with, if the system's do not do
#   EK=ecc                             the EK that the TPM was enrolled by: rsa or ecc
#   AK_HANDLE=0x81010100               where its attestation key is
#   POINTER="/run/ignition/user.ign /usr/lib/ignition/user.ign"    where Ignition looks for its config
#   TRIES=0                            how often to try before it fails; 0 is for ever
set -eu

ME=slipway-attest
CONF=${SLIPWAY_ATTEST_CONF:-/etc/slipway/attest.conf}
URL=
CA=
EK=ecc
AK_HANDLE=0x81010100
POINTER="/run/ignition/user.ign /usr/lib/ignition/user.ign"
TRIES=0
FIRMWARE_LOG=/sys/kernel/security/tpm0/binary_bios_measurements
# What systemd measured after the firmware; before version 255 it writes none.
USERSPACE_LOG=/run/log/systemd/tpm2-measure.log
# What the image's maker signed, where the image brings it along (.pcrsig of a UKI).
PCR_SIGNATURE=/run/systemd/tpm2-pcr-signature.json
# The service takes no more; without a log the registers are told all the same.
MAX_LOG_OCTETS=262144
MAX_USERSPACE_LOG_OCTETS=65536
MAX_PAUSE=60
WORK=

say() { printf '%s: %s\n' "$ME" "$*" >&2; }
fail() { say "$1"; exit "${2:-1}"; }

# A TPM has room for few sessions, and keeps them until it is told.
end_sessions() {
  for begun in "$WORK/session" "$WORK/admin"; do
    [ ! -f "$begun" ] || tpm2_flushcontext "$begun" >/dev/null 2>&1 || :
    rm -f "$begun"
  done
}

clean_up() {
  if [ -n "$WORK" ]; then
    end_sessions
    rm -rf "$WORK"
  fi
}

[ -r "$CONF" ] || fail "there is no $CONF; write it, with URL=https://… of the service, and rebuild the initramfs" 2
# shellcheck disable=SC1090
. "$CONF"
[ -n "$URL" ] || fail "$CONF does not say URL=…" 2

trap clean_up EXIT
trap 'exit 1' INT TERM HUP
umask 077
WORK=$(mktemp -d) || fail "no temporary folder can be made"

# tpm PURPOSE COMMAND …: runs a tool, and frees what it left loaded where there is no resource manager; 1 if the TPM did not do it.
tpm() {
  purpose=$1
  shift
  if ! "$@" >"$WORK/tool.log" 2>&1; then
    sed 's/^/  /' "$WORK/tool.log" >&2
    say "the TPM did not $purpose ($1). Is there one (ls /dev/tpmrm0), and was it enrolled (factory/enroll.sh), with its attestation key at $AK_HANDLE?"
    return 1
  fi
  tpm2_flushcontext -t >/dev/null 2>&1 || :
}

# post PATH FORM …: 0 if it was answered well; what the service said is in reply.
post() {
  path=$1
  shift
  [ -z "$CA" ] || set -- --cacert "$CA" "$@"
  status=$(curl -sS --max-time 60 -D "$WORK/headers" -o "$WORK/reply" -w '%{http_code}' "$@" "${URL%/}/attest/v1/$path" \
    2>"$WORK/curl.log") || status=000
  case $status in
    2??) return 0 ;;
    429 | 503) say "the service is busy: $(field detail)" ;;
    4??) say "refused: $(field error): $(field detail)" ;;
    *)
      sed 's/^/  /' "$WORK/curl.log" >&2
      say "no good answer from $URL (HTTP $status). Is the network up, does the service run, does CA in $CONF fit its certificate?"
      ;;
  esac
  return 1
}

# least_pause: what the last answer said, in seconds; 0 if it said nothing, and the next time.
least_pause() {
  seconds=$(sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]\{1,4\}\)[^0-9]*$/\1/p' "$WORK/headers" 2>/dev/null) || seconds=
  rm -f "$WORK/headers"
  echo "${seconds:-0}"
}

# The service answers on one line, without spaces.
field() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' "$WORK/reply"; }
hex() { od -An -v -tx1 "$1" | tr -d ' \n'; }

# has_log FILE WHOSE OCTETS: copies a log to WHOSE.log; 1 if there is none that can be sent. A file of the kernel has no size, and the form needs one.
has_log() {
  [ -r "$1" ] && cat "$1" >"$WORK/$2.log" 2>/dev/null && [ -s "$WORK/$2.log" ] || return 1
  [ "$(wc -c <"$WORK/$2.log")" -gt "$3" ] || return 0
  say "leaves out $1, which has more than $3 octets"
  return 1
}

# An IAK, which is activated by its policy only: one of four branches, which factory/enroll.sh tells apart. 1 if it is another key.
iak_branches() {
  case $1 in
    5437182326e414fca797d5f174615a1641f61255797c3a2b22c21d120b2d1e07)
      set -- sha256 g3GXZ0SEs/gakMyNRqXXJP1S124GUgtk8qHaGzMUaao= sqaeY5HiaEoP51LTnhSs0uXLki5L0DWDDuox8qq+mHA= \
        zZkXzxjDhIw6LmBphqBmxoFC+bwnEKJ4KHplDKO78kU= EB5ona3xRSIkEsBbduFFMq8eXHQgjgrnzbDP8ZBsigk=
      ;;
    129d94ebf84556652c6eef43bbb757512ac87e52be7b349ca6ce4d826f749fcf672f51716c5cbb605f313bf345aab312)
      set -- sha384 i78iZlN8Fxy1bkA8TcHUtk9DJhHcOG5vUyBQwyeMkw4UPouxEzgkzLQxBThxxttT \
        rWAHWWkHUo8FmmEhpSk8jqNTnwJWQLwJIOHJ93kIWTTvkHqURp4l3yLb7GZjtPEo ClXWTGM8/3tMeC7lRk0IaKjE0Y1jby2R8M/Hsb6q3B7etrT1RarObVxc/IDAqCSS \
        Rxp6t9mI3h5Vjk25VqJ/V6flaQODdphDY6NHAB5hU4HSXzyc2nCXHeAnVx892wnK
      ;;
    *) return 1 ;;
  esac
  IAK_HASH=$1
  printf '%s' "$2" | base64 -d >"$WORK/hierarchy"
  printf '%s' "$3" | base64 -d >"$WORK/certify"
  printf '%s' "$4" | base64 -d >"$WORK/activate"
  printf '%s' "$5" | base64 -d >"$WORK/index"
}

# Begins the session in which an IAK lets itself be activated.
follow_iak_policy() {
  tpm "start a session" tpm2_startauthsession --policy-session -g "$IAK_HASH" -S "$WORK/admin" || return 1
  tpm "use its endorsement hierarchy" tpm2_policysecret -S "$WORK/admin" -c e || return 1
  tpm "restrict a session" tpm2_policycommandcode -S "$WORK/admin" TPM2_CC_ActivateCredential || return 1
  tpm "follow the policy of its IAK" tpm2_policyor -S "$WORK/admin" \
    "$IAK_HASH:$WORK/hierarchy,$WORK/certify,$WORK/activate,$WORK/index" || return 1
}

attest() {
  # Of the last try, if it failed on its way.
  end_sessions
  tpm "make its EK" tpm2_createek -c "$WORK/ek.ctx" -G "$EK" -u "$WORK/ek.pub" || return 1
  tpm "name its EK" tpm2_readpublic -c "$WORK/ek.ctx" -n "$WORK/ek.name" || return 1
  tpm "find its attestation key" tpm2_readpublic -c "$AK_HANDLE" || return 1
  ak_hash=$(sed -n '/^scheme-halg:/{n;s/.*value: //p;}' "$WORK/tool.log")
  ak_policy=$(sed -n 's/^authorization policy: //p' "$WORK/tool.log")
  # By this EK, since the ticket will be for the one that is named.
  post challenges -F "ek_name=$(hex "$WORK/ek.name")" || return 1
  session=$(field session)
  selection=$(field pcr_selection)
  field nonce | base64 -d >"$WORK/nonce" || return 1
  tpm "quote" tpm2_quote -c "$AK_HANDLE" -l "$selection" -q "$(hex "$WORK/nonce")" -g "$ak_hash" -m "$WORK/quote" -s "$WORK/signature" \
    -o "$WORK/pcrs" -F values || return 1
  set -- -F "session=$session" -F "quote=@$WORK/quote" -F "signature=@$WORK/signature" -F "pcrs=@$WORK/pcrs"
  if has_log "$FIRMWARE_LOG" firmware "$MAX_LOG_OCTETS"; then
    set -- "$@" -F "event_log=@$WORK/firmware.log"
    ! has_log "$USERSPACE_LOG" userspace "$MAX_USERSPACE_LOG_OCTETS" || set -- "$@" -F "userspace_log=@$WORK/userspace.log"
  fi
  [ ! -s "$PCR_SIGNATURE" ] || set -- "$@" -F "pcr_signature=@$PCR_SIGNATURE"
  post evidence "$@" || return 1
  field token_credential | base64 -d >"$WORK/credential" || return 1
  field pointer | base64 -d >"$WORK/pointer" || return 1
  tpm "start a session" tpm2_startauthsession --policy-session -S "$WORK/session" || return 1
  tpm "use its endorsement hierarchy" tpm2_policysecret -S "$WORK/session" -c e || return 1
  set -- -c "$AK_HANDLE" -C "$WORK/ek.ctx" -i "$WORK/credential" -o "$WORK/ticket" -P "session:$WORK/session"
  if iak_branches "$ak_policy"; then
    follow_iak_policy || return 1
    set -- "$@" -p "session:$WORK/admin"
  fi
  tpm "open the ticket" tpm2_activatecredential "$@" || return 1
  end_sessions
}

# Whole or not at all: Ignition takes half a file for an error, and no file for a machine without a config.
write_pointer() {
  # The ticket as text: base64 for URLs, without its padding. It is in no argument, where others could read it.
  base64 <"$WORK/ticket" | tr '+/' '-_' | tr -d '=\n' >"$WORK/ticket.text"
  { printf 's/@TICKET@/'; cat "$WORK/ticket.text"; printf '/\n'; } >"$WORK/ticket.sed"
  for file in $POINTER; do
    case $file in */*) folder=${file%/*} ;; *) folder=. ;; esac
    if ! { mkdir -p "$folder" && sed -f "$WORK/ticket.sed" "$WORK/pointer" >"$file.new" && mv "$file.new" "$file"; }; then
      fail "$file cannot be written; set POINTER in $CONF to where Ignition looks"
    fi
    say "wrote $file"
  done
}

try=1
pause=1
until attest; do
  [ "$TRIES" -eq 0 ] || [ "$try" -lt "$TRIES" ] || fail "gave up after $TRIES tries"
  asked=$(least_pause)
  now=$pause
  [ "$now" -ge "$asked" ] || now=$asked
  say "trying again in $now s"
  sleep "$now"
  try=$((try + 1))
  pause=$((pause * 2))
  [ "$pause" -le "$MAX_PAUSE" ] || pause=$MAX_PAUSE
done
write_pointer
