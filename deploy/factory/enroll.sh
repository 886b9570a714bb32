#!/bin/sh
# Enrols the TPM of this machine with a Slipway service: proves that its attestation key and its FDO device key are in a TPM whose vendor is
# trusted there. To be run on the factory line, before or after the device's initialisation, as often as one likes.
# Needs curl (7.55 or later) and tpm2-tools (5.0 or later), and any POSIX shell; busybox will do for all else.
set -eu

ME=$(basename "$0")
URL=${SLIPWAY_URL:-}
TOKEN=
TOKEN_FILE=${SLIPWAY_TOKEN_FILE:-}
GUID=
CA=
EK=ecc
EK_CERT=
CHAIN=
AK_HANDLE=0x81010100
KEY=ec256
KEY_HANDLE=
TRIES=5
WORK=

usage() {
  cat <<EOF
$ME --url URL [OPTION …]

  --url URL          the service, http://HOST:PORT or https://…; also SLIPWAY_URL. URL/station/TOKEN works as well
  --token-file FILE  holds a station's token (./slipway station add NAME); also SLIPWAY_TOKEN_FILE
  --guid GUID        the voucher's; leave it out before the device is initialised
  --ca FILE          certificates that the service's own is checked with, PEM
  --ek rsa|ecc       which EK of the TPM (default: ecc); its certificate is read from the TPM
  --ek-cert FILE     the EK certificate, where the TPM holds none
  --chain FILE       a certificate above it, DER, where the service does not know it
  --ak-handle H      where the attestation key is kept, or made (default: 0x81010100)
  --key ec256|ec384  the device key of go-fdo-client, which is made anew from its template each time (default: ec256)
  --key-handle H     a device key that is kept, 0x81020002 of client-sdk-fidoiot for instance

The TPM is /dev/tpmrm0, or what TPM2TOOLS_TCTI says.
Exit codes: 0 enrolled; 1 it failed, and trying again may help; 2 wrong usage; 3 refused: trying again does not help.
EOF
}

say() { printf '%s: %s\n' "$ME" "$*" >&2; }
fail() { say "$1"; exit "${2:-1}"; }

clean_up() {
  if [ -n "$WORK" ]; then
    [ ! -f "$WORK/session" ] || tpm2_flushcontext "$WORK/session" >/dev/null 2>&1 || :
    rm -rf "$WORK"
  fi
}

value() { [ "$2" -ge 2 ] || fail "$1 needs a value; see $ME --help" 2; }

while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --url) value "$1" $#; URL=$2; shift 2 ;;
    --token-file) value "$1" $#; TOKEN_FILE=$2; shift 2 ;;
    --guid) value "$1" $#; GUID=$2; shift 2 ;;
    --ca) value "$1" $#; CA=$2; shift 2 ;;
    --ek) value "$1" $#; EK=$2; shift 2 ;;
    --ek-cert) value "$1" $#; EK_CERT=$2; shift 2 ;;
    --chain) value "$1" $#; CHAIN=$2; shift 2 ;;
    --ak-handle) value "$1" $#; AK_HANDLE=$2; shift 2 ;;
    --key) value "$1" $#; KEY=$2; shift 2 ;;
    --key-handle) value "$1" $#; KEY_HANDLE=$2; shift 2 ;;
    *) fail "does not know '$1'; see $ME --help" 2 ;;
  esac
done

[ -n "$URL" ] || fail "which service? name it with --url; see $ME --help" 2
# A token goes into a header that is read from a file, and not into messages and arguments, where others could read it.
URL=${URL%/}
case $URL in
  */station/?*)
    TOKEN=${URL##*/station/}
    URL=${URL%"/station/$TOKEN"}
    URL=${URL%/}
    ;;
esac
case $EK in
  rsa) EK_NV=0x01c00002 ;;
  ecc) EK_NV=0x01c0000a ;;
  *) fail "--ek is rsa or ecc" 2 ;;
esac
case $KEY in
  ec256) TEMPLATE=ecc256:ecdsa-sha256:null ;;
  ec384) TEMPLATE=ecc384:ecdsa-sha384:null ;;
  *) fail "--key is ec256 or ec384" 2 ;;
esac
for file in "$TOKEN_FILE" "$CA" "$EK_CERT" "$CHAIN"; do
  [ -z "$file" ] || [ -r "$file" ] || fail "$file cannot be read; is it there, and may you?" 2
done
for tool in curl tpm2_createek tpm2_activatecredential tpm2_certifycreation base64 sha256sum sed; do
  command -v "$tool" >/dev/null || fail "$tool is missing; install curl, tpm2-tools and coreutils (or busybox)" 2
done

trap clean_up EXIT
trap 'exit 1' INT TERM HUP
umask 077
WORK=$(mktemp -d) || fail "no temporary folder can be made; is /tmp full, or read-only?"

# tpm PURPOSE COMMAND …: runs a tool, and frees what it left loaded where there is no resource manager.
tpm() {
  purpose=$1
  shift
  if ! "$@" >"$WORK/tool.log" 2>&1; then
    sed 's/^/  /' "$WORK/tool.log" >&2
    fail "the TPM did not $purpose ($1). Is there one (ls /dev/tpmrm0), is it on in the firmware, may you use it (run as root, or in group tss)?"
  fi
  tpm2_flushcontext -t >/dev/null 2>&1 || :
}

# The EK certificate as the vendor left it in the TPM. Without one an operator has to vouch for the EK.
read_ek_certificate() {
  if [ -n "$EK_CERT" ]; then
    cp "$EK_CERT" "$WORK/ek.cert"
  elif ! tpm2_nvread -C o "$EK_NV" >"$WORK/ek.cert" 2>/dev/null && ! tpm2_nvread "$EK_NV" >"$WORK/ek.cert" 2>/dev/null; then
    rm -f "$WORK/ek.cert"
    say "the TPM holds no certificate of its $EK EK (NV $EK_NV); the service takes it only if an operator added it as tpm-ek"
  fi
}

make_keys() {
  tpm "make its EK" tpm2_createek -c "$WORK/ek.ctx" -G "$EK" -u "$WORK/ek.pub"
  read_ek_certificate
  if ! tpm2_readpublic -c "$AK_HANDLE" -f tss -o "$WORK/ak.pub" >/dev/null 2>&1; then
    tpm "make an attestation key" tpm2_createak -C "$WORK/ek.ctx" -c "$WORK/ak.ctx" -G ecc -g sha256 -s ecdsa -u "$WORK/ak.pub"
    tpm "keep its attestation key at $AK_HANDLE" tpm2_evictcontrol -C o -c "$WORK/ak.ctx" "$AK_HANDLE"
  fi
  if [ -n "$KEY_HANDLE" ]; then
    tpm "find a device key at $KEY_HANDLE" tpm2_readpublic -c "$KEY_HANDLE" -f tss -o "$WORK/device.pub"
    DEVICE=$KEY_HANDLE
  else
    tpm "make the device key" tpm2_createprimary -C e -g sha256 -G "$TEMPLATE" -a 'fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign' \
      -c "$WORK/device.ctx" --creation-data "$WORK/creation.data" -d "$WORK/creation.hash" -t "$WORK/creation.ticket"
    tpm "show the device key" tpm2_readpublic -c "$WORK/device.ctx" -f tss -o "$WORK/device.pub"
    DEVICE=$WORK/device.ctx
  fi
}

# least_pause: what the last answer said, in seconds; 0 if it said nothing, and the next time.
least_pause() {
  seconds=$(sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]\{1,4\}\)[^0-9]*$/\1/p' "$WORK/headers" 2>/dev/null) || seconds=
  rm -f "$WORK/headers"
  echo "${seconds:-0}"
}

# post PATH FORM …: 0 if it was answered well, 1 if it was refused; what the service said is in reply.
post() {
  path=$1
  shift
  [ -z "$CA" ] || set -- --cacert "$CA" "$@"
  [ ! -s "$WORK/authorization" ] || set -- -H "@$WORK/authorization" "$@"
  try=1
  pause=1
  while :; do
    status=$(curl -sS --max-time 60 -D "$WORK/headers" -o "$WORK/reply" -w '%{http_code}' "$@" "$URL/attest/v1/$path" \
      2>"$WORK/curl.log") || status=000
    case $status in
      2??) return 0 ;;
      429) ;;
      4??) return 1 ;;
    esac
    if [ "$try" -ge "$TRIES" ]; then
      sed 's/^/  /' "$WORK/curl.log" >&2
      fail "no good answer from $URL (HTTP $status) in $TRIES tries. Does the service run, is the URL right, is the network up? For HTTPS, see --ca"
    fi
    asked=$(least_pause)
    now=$pause
    [ "$now" -ge "$asked" ] || now=$asked
    case $status in
      429 | 503) say "the service is busy: $(field detail); trying again in $now s" ;;
      *) say "no answer from the service (HTTP $status); trying again in $now s" ;;
    esac
    sleep "$now"
    try=$((try + 1))
    pause=$((pause * 2))
  done
}

# The service answers on one line, without spaces.
field() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' "$WORK/reply"; }

refused() {
  [ -n "$(field error)" ] || fail "$URL answered HTTP $status; is it a Slipway service?"
  fail "refused: $(field error): $(field detail)" 3
}

begin() {
  set -- -F "ek_pub=@$WORK/ek.pub" -F "ak_pub=@$WORK/ak.pub" -F "device_pub=@$WORK/device.pub"
  [ -z "$GUID" ] || set -- "$@" --form-string "guid=$GUID"
  [ ! -s "$WORK/ek.cert" ] || set -- "$@" -F "ek_cert=@$WORK/ek.cert"
  [ -z "$CHAIN" ] || set -- "$@" -F "ek_chain=@$CHAIN"
  post enrollments "$@" || refused
  ID=$(field enrollment_id)
  field nonce | base64 -d >"$WORK/nonce"
  field ak_credential | base64 -d >"$WORK/ak.credential"
  field device_credential | base64 -d >"$WORK/device.credential"
}

# activate KEY CREDENTIAL SECRET: only the TPM of the EK opens it, with the key in it.
activate() {
  tpm "start a session" tpm2_startauthsession --policy-session -S "$WORK/session"
  tpm "use its endorsement hierarchy" tpm2_policysecret -S "$WORK/session" -c e
  tpm "open a credential" tpm2_activatecredential -c "$1" -C "$WORK/ek.ctx" -i "$2" -o "$3" -P "session:$WORK/session"
  tpm "end a session" tpm2_flushcontext "$WORK/session"
  rm -f "$WORK/session"
}

prove() {
  activate "$AK_HANDLE" "$WORK/ak.credential" "$WORK/ak.secret"
  activate "$DEVICE" "$WORK/device.credential" "$WORK/device.secret"
  PROOF=$(cat "$WORK/nonce" "$WORK/ak.secret" "$WORK/device.secret" | sha256sum | cut -c1-64)
  rm -f "$WORK/ak.secret" "$WORK/device.secret"
  if [ -n "$KEY_HANDLE" ]; then
    tpm "certify the device key" tpm2_certify -C "$AK_HANDLE" -c "$DEVICE" -g sha256 -f tss -o "$WORK/attest" -s "$WORK/signature"
    set -- -F "certify=@$WORK/attest" -F "certify_sig=@$WORK/signature"
  else
    tpm "certify the device key" tpm2_certifycreation -C "$AK_HANDLE" -c "$DEVICE" -d "$WORK/creation.hash" -t "$WORK/creation.ticket" -g sha256 \
      -q "$PROOF" --attestation "$WORK/attest" -f tss -o "$WORK/signature"
    set -- -F "creation=@$WORK/attest" -F "creation_sig=@$WORK/signature" -F "creation_data=@$WORK/creation.data"
  fi
  post "enrollments/$ID/proof" -F "proof=$PROOF" "$@"
}

[ -z "$TOKEN_FILE" ] || TOKEN=$(head -n 1 "$TOKEN_FILE")
[ -z "$TOKEN" ] || printf 'Authorization: Bearer %s\n' "$TOKEN" >"$WORK/authorization"
make_keys
begin
if ! prove; then
  # An answer that was lost on its way used the challenge up.
  [ "$(field error)" = SESSION_UNKNOWN ] || refused
  say "the challenge was used up; once more"
  begin
  prove || refused
fi
printf 'enrolled %s %s, device key %s\n' "$(field guid)" "$(field ek_status)" "$(field device_key_name)"
