#!/bin/bash
# dracut module: what distributions bring, and Debian's Ignition lacks, for the machines of the tests.
# shellcheck disable=SC2154  # dracut sets moddir

check() {
  return 255
}

depends() {
  echo slipway systemd-networkd
}

install() {
  inst_simple "$moddir/any.network" /etc/systemd/network/10-any.network
  # Debian builds Ignition for SELinux, for which these machines have no policy.
  inst_script "$moddir/setfiles.sh" /usr/sbin/setfiles
}
