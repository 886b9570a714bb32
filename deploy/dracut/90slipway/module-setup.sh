#!/bin/bash
# dracut module: attests the machine to a Slipway service before Ignition fetches its config.
# Install this folder as /usr/lib/dracut/modules.d/90slipway, write /etc/slipway/attest.conf (see slipway-attest.sh), and rebuild the initramfs.
# SLIPWAY_ATTEST_CONF names another file on the machine that builds; it becomes /etc/slipway/attest.conf in the initramfs.
# shellcheck disable=SC2154  # dracut sets moddir, initdir and systemdsystemunitdir

conf=${SLIPWAY_ATTEST_CONF:-/etc/slipway/attest.conf}

check() {
  require_binaries curl tpm2 base64 od tr cat sed mkdir mktemp mv rm sleep wc || return 1
  [ -e "$conf" ] || return 255
}

depends() {
  echo systemd ignition
}

install() {
  # dracut goes on whatever happens here; the machine would not.
  if [ ! -r "$conf" ]; then
    derror "slipway: $conf cannot be read; write it, with URL=https://… of the service, and rebuild the initramfs"
    return 1
  fi
  inst_multiple curl tpm2 base64 od tr cat sed mkdir mktemp mv rm sleep wc
  for tool in createek readpublic quote startauthsession policysecret policycommandcode policyor activatecredential flushcontext; do
    ln -sf tpm2 "$initdir/usr/bin/tpm2_$tool"
  done
  # Opened at run time, so nothing says that it is needed.
  inst_libdir_file 'libtss2-tcti-device.so*'
  inst_simple "$conf" /etc/slipway/attest.conf
  # shellcheck disable=SC1090
  CA=$(. "$conf" && printf '%s' "${CA:-}")
  [ -z "$CA" ] || inst_simple "$CA" || derror "slipway: CA=$CA, which $conf names, is not there; copy it there, and rebuild the initramfs"
  inst_script "$moddir/slipway-attest.sh" /usr/sbin/slipway-attest
  inst_simple "$moddir/slipway-attest.service" "$systemdsystemunitdir/slipway-attest.service"
  # This target runs on the first boot only.
  mkdir -p "$initdir$systemdsystemunitdir/ignition-complete.target.requires"
  ln -sf ../slipway-attest.service "$initdir$systemdsystemunitdir/ignition-complete.target.requires/slipway-attest.service"
}
