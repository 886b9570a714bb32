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
KEY=
KEY_HANDLE=
IDEVID=
UNIQUE=x
CERTS=
NAME=
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
  --key-handle H     a device key that is kept, 0x81020002 of client-sdk-fidoiot for instance, or an IDevID
  --idevid ec256|ec384
                     the device key is the TPM's IDevID, made anew from the TCG's template; so is its IAK, if no attestation key is kept
  --idevid-unique x|xy
                     where those templates have their unique string, in one coordinate or in both (default: x)
  --certs FOLDER     asks for certificates of both keys, and keeps them there in DER: device.crt and ak.crt
  --name NAME        the device's, in its certificate; up to 64 characters (default: the GUID)

The TPM is /dev/tpmrm0, or what TPM2TOOLS_TCTI says.
Exit codes: 0 enrolled; 1 it failed, and trying again may help; 2 wrong usage; 3 refused: trying again does not help.
EOF
}

say() { printf '%s: %s\n' "$ME" "$*" >&2; }
fail() { say "$1"; exit "${2:-1}"; }

clean_up() {
  if [ -n "$WORK" ]; then
    for session in "$WORK/session" "$WORK/admin"; do
      [ ! -f "$session" ] || tpm2_flushcontext "$session" >/dev/null 2>&1 || :
    done
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
    --idevid) value "$1" $#; IDEVID=$2; shift 2 ;;
    --idevid-unique) value "$1" $#; UNIQUE=$2; shift 2 ;;
    --certs) value "$1" $#; CERTS=$2; shift 2 ;;
    --name) value "$1" $#; NAME=$2; shift 2 ;;
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
[ -z "$IDEVID" ] || [ -z "$KEY$KEY_HANDLE" ] || fail "the device key is told by one of --key, --key-handle and --idevid" 2
case ${IDEVID:-${KEY:-ec256}} in
  ec256) TEMPLATE=ecc256:ecdsa-sha256:null ;;
  ec384) TEMPLATE=ecc384:ecdsa-sha384:null ;;
  *) fail "--key and --idevid are ec256 or ec384" 2 ;;
esac
case $UNIQUE in
  x | xy) ;;
  *) fail "--idevid-unique is x or xy" 2 ;;
esac
if [ -n "$CERTS" ]; then
  NAME=${NAME:-$GUID}
  [ -n "$NAME" ] || fail "whose certificate? name the device with --name, or its GUID with --guid" 2
  [ ${#NAME} -le 64 ] || fail "--name has up to 64 characters" 2
  if ! mkdir -p "$CERTS" || [ ! -w "$CERTS" ]; then fail "certificates cannot be kept in $CERTS; is it a folder, and may you write there?" 2; fi
fi
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

# The TCG's templates for IDevID and IAK ("TPM 2.0 Keys for Device Identity and Attestation", 7.3.6): such a key signs for anybody, but it is
# activated and certified by its policy only. That has four branches: the endorsement hierarchy; the same, for TPM2_Certify; the same, for
# TPM2_ActivateCredential; and whatever an NV index says that is for this kind of key.
IDEVID_SHA256=ad6b3a2284fd698a0710bf5cc1b9bdf15e2532e3f601fa4b93a6a8fa8de579ea
IDEVID_SHA384=4db1aa836d0b5615df6ee53a40ef70c61c217f4303d44695925972bc927006cfa5cbdf6dc18c4dbe329b2f1542c3dd33
IAK_SHA256=5437182326e414fca797d5f174615a1641f61255797c3a2b22c21d120b2d1e07
IAK_SHA384=129d94ebf84556652c6eef43bbb757512ac87e52be7b349ca6ce4d826f749fcf672f51716c5cbb605f313bf345aab312

# branches POLICY: leaves the branches and their hash in BRANCHES and HASH; 1 if it is another policy.
branches() {
  case $1 in
    "$IDEVID_SHA256") HASH=sha256 INDEX=YpxQsF8a21tCl/6yQVSdQhehx5LBYv64YQIt74j6lQE= ;;
    "$IDEVID_SHA384") HASH=sha384 INDEX=AnX8KsiuN9ySP1wf6b8HveCMz1FA1DfeN5pSK4xe/jGnJ0QVx+ixvh6VNQA5dcvM ;;
    "$IAK_SHA256") HASH=sha256 INDEX=EB5ona3xRSIkEsBbduFFMq8eXHQgjgrnzbDP8ZBsigk= ;;
    "$IAK_SHA384") HASH=sha384 INDEX=Rxp6t9mI3h5Vjk25VqJ/V6flaQODdphDY6NHAB5hU4HSXzyc2nCXHeAnVx892wnK ;;
    *) return 1 ;;
  esac
  case $HASH in
    sha256)
      HIERARCHY=g3GXZ0SEs/gakMyNRqXXJP1S124GUgtk8qHaGzMUaao=
      CERTIFY=sqaeY5HiaEoP51LTnhSs0uXLki5L0DWDDuox8qq+mHA=
      ACTIVATE=zZkXzxjDhIw6LmBphqBmxoFC+bwnEKJ4KHplDKO78kU=
      ;;
    sha384)
      HIERARCHY=i78iZlN8Fxy1bkA8TcHUtk9DJhHcOG5vUyBQwyeMkw4UPouxEzgkzLQxBThxxttT
      CERTIFY=rWAHWWkHUo8FmmEhpSk8jqNTnwJWQLwJIOHJ93kIWTTvkHqURp4l3yLb7GZjtPEo
      ACTIVATE=ClXWTGM8/3tMeC7lRk0IaKjE0Y1jby2R8M/Hsb6q3B7etrT1RarObVxc/IDAqCSS
      ;;
  esac
  printf '%s' "$HIERARCHY" | base64 -d >"$WORK/hierarchy"
  printf '%s' "$CERTIFY" | base64 -d >"$WORK/certify"
  printf '%s' "$ACTIVATE" | base64 -d >"$WORK/activate"
  printf '%s' "$INDEX" | base64 -d >"$WORK/index"
  BRANCHES=$HASH:$WORK/hierarchy,$WORK/certify,$WORK/activate,$WORK/index
}

# admin KEY COMMAND: begins the session in which a key of the TCG's templates lets COMMAND be done to it; 1 if it is another key.
admin() {
  tpm "show a key" tpm2_readpublic -c "$1"
  if ! branches "$(sed -n 's/^authorization policy: //p' "$WORK/tool.log")"; then
    [ -z "$(sed -n '/adminwithpolicy/p' "$WORK/tool.log")" ] ||
      fail "the policy of the key $1 is not one of the TCG's for P-256 and P-384; name another key" 3
    return 1
  fi
  tpm "start a session" tpm2_startauthsession --policy-session -g "$HASH" -S "$WORK/admin"
  tpm "use its endorsement hierarchy" tpm2_policysecret -S "$WORK/admin" -c e
  tpm "restrict a session" tpm2_policycommandcode -S "$WORK/admin" "$2"
  tpm "follow the policy of a key" tpm2_policyor -S "$WORK/admin" "$BRANCHES"
}

# end SESSION …: those that were begun.
end() {
  for session in "$@"; do
    [ ! -f "$session" ] || tpm "end a session" tpm2_flushcontext "$session"
    rm -f "$session"
  done
}

# primary UNIQUE POLICY ATTRIBUTES OPTION …: makes a key from one of the TCG's templates, in which UNIQUE is in one coordinate or in both.
primary() {
  coordinate=$(printf '\\%03o\\000%s' "${#1}" "$1")
  padding=$((128 - ${#1}))
  template="$3|fixedtpm|fixedparent|sensitivedataorigin|userwithauth|adminwithpolicy"
  branches "$2"
  shift 3
  {
    printf '%b' "$coordinate"
    [ "$UNIQUE" = x ] || { dd if=/dev/zero bs="$padding" count=1 2>/dev/null && printf '%b' "$coordinate"; }
  } >"$WORK/unique"
  tpm "start a session" tpm2_startauthsession -g "$HASH" -S "$WORK/session"
  tpm "compute a policy" tpm2_policyor -S "$WORK/session" -L "$WORK/policy" "$BRANCHES"
  end "$WORK/session"
  tpm "make a key from the TCG's template" tpm2_createprimary -C e -g "$HASH" -G "$TEMPLATE" -a "$template" -L "$WORK/policy" -u "$WORK/unique" "$@"
}

make_attestation_key() {
  case $IDEVID in
    ec256) primary IAK "$IAK_SHA256" 'restricted|sign' -c "$WORK/ak.ctx" ;;
    ec384) primary IAK "$IAK_SHA384" 'restricted|sign' -c "$WORK/ak.ctx" ;;
    *) tpm "make an attestation key" tpm2_createak -C "$WORK/ek.ctx" -c "$WORK/ak.ctx" -G ecc -g sha256 -s ecdsa -u "$WORK/ak.pub" ;;
  esac
  tpm "keep its attestation key at $AK_HANDLE" tpm2_evictcontrol -C o -c "$WORK/ak.ctx" "$AK_HANDLE"
}

make_device_key() {
  set -- -c "$WORK/device.ctx" --creation-data "$WORK/creation.data" -d "$WORK/creation.hash" -t "$WORK/creation.ticket"
  case $IDEVID in
    ec256) primary IDEVID "$IDEVID_SHA256" sign "$@" ;;
    ec384) primary IDEVID "$IDEVID_SHA384" sign "$@" ;;
    *)
      tpm "make the device key" tpm2_createprimary -C e -g sha256 -G "$TEMPLATE" -a 'fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign' "$@"
      ;;
  esac
}

make_keys() {
  tpm "make its EK" tpm2_createek -c "$WORK/ek.ctx" -G "$EK" -u "$WORK/ek.pub"
  read_ek_certificate
  tpm2_readpublic -c "$AK_HANDLE" >/dev/null 2>&1 || make_attestation_key
  tpm "show its attestation key" tpm2_readpublic -c "$AK_HANDLE" -f tss -o "$WORK/ak.pub"
  AK_HASH=$(sed -n '/^scheme-halg:/{n;s/.*value: //p;}' "$WORK/tool.log")
  if [ -n "$KEY_HANDLE" ]; then
    tpm "find a device key at $KEY_HANDLE" tpm2_readpublic -c "$KEY_HANDLE" -f tss -o "$WORK/device.pub"
    DEVICE=$KEY_HANDLE
  else
    make_device_key
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

# octets NUMBER …
octets() { for octet in "$@"; do printf '%b' "\\0$(printf '%03o' "$octet")"; done; }

# der TAG FILE …: one value with these in it.
der() {
  octets "$1"
  shift
  size=$(cat "$@" | wc -c)
  if [ "$size" -lt 128 ]; then
    octets "$size"
  elif [ "$size" -lt 256 ]; then
    octets 129 "$size"
  else
    octets 130 $((size / 256)) $((size % 256))
  fi
  cat "$@"
}

# A request for the device's certificate (PKCS#10) with its name as the common name, signed by its key with ECDSA.
make_request() {
  tpm "show the device key" tpm2_readpublic -c "$DEVICE" -f der -o "$WORK/spki"
  case $(sed -n '/^scheme-halg:/{n;s/.*value: //p;}' "$WORK/tool.log") in
    sha384) hash=sha384 number=3 ;;
    *) hash=sha256 number=2 ;;
  esac
  printf '%s' "$NAME" >"$WORK/name"
  { octets 6 3 85 4 3 && der 12 "$WORK/name"; } >"$WORK/attribute"
  der 48 "$WORK/attribute" >"$WORK/typed"
  der 49 "$WORK/typed" >"$WORK/rdn"
  { octets 2 1 0 && der 48 "$WORK/rdn" && cat "$WORK/spki" && octets 160 0; } >"$WORK/asked"
  der 48 "$WORK/asked" >"$WORK/info"
  tpm "sign with the device key" tpm2_sign -c "$DEVICE" -g "$hash" -f plain -o "$WORK/signed" "$WORK/info"
  { octets 0 && cat "$WORK/signed"; } >"$WORK/bits"
  { cat "$WORK/info" && octets 48 10 6 8 42 134 72 206 61 4 3 "$number" && der 3 "$WORK/bits"; } >"$WORK/request"
  der 48 "$WORK/request" >"$WORK/csr"
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
  if [ -n "$IDEVID" ] && [ "$(field error)" = VOUCHER_KEY_MISMATCH ]; then
    say "the maker of an IDevID may have used another template; try --idevid-unique xy, or --key-handle if the TPM keeps it"
  fi
  fail "refused: $(field error): $(field detail)" 3
}

begin() {
  set -- -F "ek_pub=@$WORK/ek.pub" -F "ak_pub=@$WORK/ak.pub" -F "device_pub=@$WORK/device.pub"
  [ -z "$GUID" ] || set -- "$@" --form-string "guid=$GUID"
  [ ! -s "$WORK/ek.cert" ] || set -- "$@" -F "ek_cert=@$WORK/ek.cert"
  [ -z "$CHAIN" ] || set -- "$@" -F "ek_chain=@$CHAIN"
  [ -z "$CERTS" ] || set -- "$@" -F "csr=@$WORK/csr" -F want=ak_cert
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
  set -- "$1" tpm2_activatecredential -c "$1" -C "$WORK/ek.ctx" -i "$2" -o "$3" -P "session:$WORK/session"
  ! admin "$1" TPM2_CC_ActivateCredential || set -- "$@" -p "session:$WORK/admin"
  shift
  tpm "open a credential" "$@"
  end "$WORK/session" "$WORK/admin"
}

prove() {
  activate "$AK_HANDLE" "$WORK/ak.credential" "$WORK/ak.secret"
  activate "$DEVICE" "$WORK/device.credential" "$WORK/device.secret"
  PROOF=$(cat "$WORK/nonce" "$WORK/ak.secret" "$WORK/device.secret" | sha256sum | cut -c1-64)
  rm -f "$WORK/ak.secret" "$WORK/device.secret"
  if [ -n "$KEY_HANDLE" ]; then
    set -- tpm2_certify -C "$AK_HANDLE" -c "$DEVICE" -g "$AK_HASH" -f tss -o "$WORK/attest" -s "$WORK/signature"
    ! admin "$DEVICE" TPM2_CC_Certify || set -- "$@" -P "session:$WORK/admin"
    tpm "certify the device key" "$@"
    end "$WORK/admin"
    set -- -F "certify=@$WORK/attest" -F "certify_sig=@$WORK/signature"
  else
    tpm "certify the device key" tpm2_certifycreation -C "$AK_HANDLE" -c "$DEVICE" -d "$WORK/creation.hash" -t "$WORK/creation.ticket" -g "$AK_HASH" \
      -q "$PROOF" --attestation "$WORK/attest" -f tss -o "$WORK/signature"
    set -- -F "creation=@$WORK/attest" -F "creation_sig=@$WORK/signature" -F "creation_data=@$WORK/creation.data"
  fi
  post "enrollments/$ID/proof" -F "proof=$PROOF" "$@"
}

# Both or none, and each whole.
keep_certificates() {
  for key in device ak; do
    if ! field "${key}_cert" | base64 -d >"$CERTS/$key.crt.new" || [ ! -s "$CERTS/$key.crt.new" ]; then
      rm -f "$CERTS/device.crt.new" "$CERTS/ak.crt.new"
      fail "the keys are enrolled, but their certificates cannot be kept in $CERTS; is the disk full? Run this again then"
    fi
  done
  mv "$CERTS/device.crt.new" "$CERTS/device.crt"
  mv "$CERTS/ak.crt.new" "$CERTS/ak.crt"
}

[ -z "$TOKEN_FILE" ] || TOKEN=$(head -n 1 "$TOKEN_FILE")
[ -z "$TOKEN" ] || printf 'Authorization: Bearer %s\n' "$TOKEN" >"$WORK/authorization"
make_keys
[ -z "$CERTS" ] || make_request
begin
if ! prove; then
  # An answer that was lost on its way used the challenge up.
  [ "$(field error)" = SESSION_UNKNOWN ] || refused
  say "the challenge was used up; once more"
  begin
  prove || refused
fi
[ -z "$CERTS" ] || keep_certificates
printf 'enrolled %s %s, device key %s\n' "$(field guid)" "$(field ek_status)" "$(field device_key_name)"
