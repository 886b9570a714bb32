#!/usr/bin/env bash
# Makes what the machines of the tests boot, in target/vm: kernel, initramfs with the delivered dracut module and stock Ignition, root file system,
# and disks with signed UKIs. Installs nothing. Does nothing where all of that is there, and was made of the same.
set -euo pipefail

here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
home=$(realpath -- "$here/../../..")
vm=$home/target/vm
PATH=$PATH:/usr/sbin:/sbin
readonly ADDED_WORD=systemd.debug_shell
readonly ESP_MIB=52 ROOT_MIB=64
readonly ADDRESS=10.0.2.100 PORT=8443
readonly DRACUT=/usr/lib/dracut KERNEL=linux-image-cloud-amd64

say() { printf 'build.sh: %s\n' "$*" >&2; }

fail() {
  say "$1"
  exit 1
}

# What decides over the outcome: all files of ours, and the versions of other people's programs.
inputs() {
  find "$here" "$home/deploy/dracut" -type f -exec sha256sum {} +
  dpkg-query -W dracut-core dracut-network ignition systemd systemd-boot-efi tpm2-tools curl busybox busybox-static ovmf 2>/dev/null || true
}

# The package of one version that the other stands for.
download_kernel() {
  local package
  package=$(apt-cache depends "$KERNEL" 2>/dev/null | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p')
  [ -n "$package" ] && (cd "$vm" && apt-get -q -o APT::Sandbox::User=root download "$package" >&2)
}

# Unpacked only: installing it would make an initramfs for this very machine.
kernel() {
  download_kernel || { apt-get -q update >&2 && download_kernel; } || fail "cannot download $KERNEL; does apt-get update work?"
  dpkg-deb -x "$vm"/linux-image-*.deb "$vm/kernel"
  rm "$vm"/linux-image-*.deb
  mv "$vm"/kernel/boot/vmlinuz-* "$vm/vmlinuz"
}

# Of the drivers only what these machines have: dracut takes every network card there is.
modules() { # version
  local from=$vm/kernel/lib/modules/$1 to=$vm/drivers/lib/modules/$1 module file
  mkdir -p "$to"
  cp "$from"/modules.order "$from"/modules.builtin "$from"/modules.builtin.modinfo "$to/"
  for module in virtio virtio_ring virtio_pci virtio_pci_modern_dev virtio_pci_legacy_dev virtio_blk virtio_net net_failover failover \
    virtio-rng qemu_fw_cfg efivarfs; do
    file=$(cd "$from" && find kernel -name "$module.ko")
    install -D "$from/$file" "$to/$file"
  done
  depmod -b "$vm/drivers" "$1"
}

# The certificate is in the initramfs, and the key is the service's.
keys() {
  mkdir "$vm/keys"
  openssl rand -hex 16 >"$vm/keys/passphrase"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=slipway-test \
    -addext "subjectAltName=IP:$ADDRESS" -keyout "$vm/tls.key" -out "$vm/keys/tls.pem" 2>/dev/null
  openssl pkcs12 -export -name tls -inkey "$vm/tls.key" -in "$vm/keys/tls.pem" -passout "file:$vm/keys/passphrase" -out "$vm/keys/tls.p12"
  rm "$vm/tls.key"
}

# With modules of other people and the two that are under test, and nothing installed on this machine.
initramfs() {
  local version folder
  version=$(basename "$vm"/kernel/lib/modules/*)
  modules "$version"
  mkdir -p "$vm/dracut/modules.d" "$vm/dracut.conf.d"
  ln -s "$DRACUT"/dracut* "$DRACUT/skipcpio" "$vm/dracut/"
  for folder in "$DRACUT"/modules.d/* "$home/deploy/dracut/90slipway" "$here/initramfs/91slipway-test"; do
    ln -s "$(realpath -- "$folder")" "$vm/dracut/modules.d/"
  done
  printf 'URL=https://%s:%s\nCA=%s\nTRIES=5\n' "$ADDRESS" "$PORT" "$vm/keys/tls.pem" >"$vm/attest.conf"
  dracutbasedir=$vm/dracut SLIPWAY_ATTEST_CONF=$vm/attest.conf dracut --force --conf /dev/null --confdir "$vm/dracut.conf.d" --reproducible \
    --no-hostonly --no-hostonly-cmdline --no-early-microcode --zstd --kver "$version" --kmoddir "$vm/drivers/lib/modules/$version" \
    --modules "base systemd systemd-initrd dracut-systemd fs-lib rootfs-block udev-rules ignition slipway slipway-test" "$vm/initrd" \
    >"$vm/dracut.log" 2>&1 || fail "dracut failed; see $vm/dracut.log"
  grep -q 'Including module: slipway ' "$vm/dracut.log" || fail "dracut left the module slipway out; see $vm/dracut.log"
}

# A system that has not been started yet: systemd, curl, and one unit, which waits for what Ignition enabled. The network is as the initramfs left it.
root() {
  local root=$vm/root units=/lib/systemd/system
  cp -R "$here/root" "$root"
  mkdir -p "$root"/{dev,proc,sys,run,tmp,var,usr/sbin,etc/selinux/none/contexts/files}
  ln -s usr/sbin "$root/sbin"
  printf 'NAME="Slipway test machine"\nID=slipway-test\nVERSION_ID=1\n' >"$root/etc/os-release"
  echo root:x:0:0::/:/usr/sbin/nologin >"$root/etc/passwd"
  echo root:x:0: >"$root/etc/group"
  # Debian's Ignition wants to label what it writes, by a policy.
  echo SELINUXTYPE=none >"$root/etc/selinux/config"
  : >"$root/etc/selinux/none/contexts/files/file_contexts"
  "$DRACUT/dracut-install" -D "$root" -l -a curl busybox rm /lib/systemd/systemd \
    $units/{basic,sysinit,multi-user,paths,slices,sockets,timers,local-fs,local-fs-pre,network-online,shutdown,umount,final}.target
  ln -s multi-user.target "$root/usr$units/default.target"
  ln -s ../lib/systemd/systemd "$root/usr/sbin/init"
  truncate -s "${ROOT_MIB}M" "$vm/root.img"
  mke2fs -q -t ext4 -L root -d "$root" "$vm/root.img"
}

# uki NAME COMMAND-LINE: signed with the key of a firmware that is there for tests.
uki() {
  printf '%s' "$2" >"$vm/$1.cmdline"
  objcopy --add-section ".osrel=$vm/root/etc/os-release" --change-section-vma .osrel=0x20000 \
    --add-section ".cmdline=$vm/$1.cmdline" --change-section-vma .cmdline=0x30000 \
    --add-section ".linux=$vm/vmlinuz" --change-section-vma .linux=0x2000000 \
    --add-section ".initrd=$vm/initrd" --change-section-vma .initrd=0x4000000 \
    /usr/lib/systemd/boot/efi/linuxx64.efi.stub "$vm/$1.unsigned"
  sbsign --key "$vm/boot.key" --cert /usr/share/ovmf/PkKek-1-snakeoil.pem --output "$vm/$1.efi" "$vm/$1.unsigned" 2>"$vm/$1.log"
  rm "$vm/$1.unsigned"
}

# disk NAME: with the UKI of that name. All that is measured of it is the same each time.
disk() {
  local esp=$vm/$1.esp disk=$vm/$1.img
  truncate -s "${ESP_MIB}M" "$esp"
  mformat -i "$esp" -F ::
  mmd -i "$esp" ::/EFI ::/EFI/BOOT
  mcopy -i "$esp" "$vm/$1.efi" ::/EFI/BOOT/BOOTX64.EFI
  truncate -s "$((ESP_MIB + ROOT_MIB + 2))M" "$disk"
  sfdisk -q "$disk" <<EOT
label: gpt
label-id: 6F6C6973-0000-4000-8000-000000000001
start=2048, size=$((ESP_MIB * 2048)), type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, uuid=6F6C6973-0000-4000-8000-000000000002
start=$(((ESP_MIB + 1) * 2048)), size=$((ROOT_MIB * 2048)), type=linux, uuid=6F6C6973-0000-4000-8000-000000000003
EOT
  dd if="$esp" of="$disk" bs=1M seek=1 conv=notrunc,sparse status=none
  dd if="$vm/root.img" of="$disk" bs=1M seek=$((ESP_MIB + 1)) conv=notrunc,sparse status=none
  rm "$esp"
}

if [ -f "$vm/inputs" ] && [ "$(inputs)" = "$(cat "$vm/inputs")" ]; then
  exit 0
fi
say "building what the machines of the tests boot"
rm -rf "$vm"
mkdir -p "$vm"
kernel
keys
initramfs
root
openssl pkey -in /usr/share/ovmf/PkKek-1-snakeoil.key -passin pass:snakeoil -out "$vm/boot.key"
# With rd.emergency and panic, a machine that cannot go on is switched off. Without no_timer_check, a kernel that has to wait for a core panics.
cmdline=$(cat "$here/cmdline")
uki image "$cmdline"
disk image
uki word-added "$cmdline $ADDED_WORD"
disk word-added
inputs >"$vm/inputs"
