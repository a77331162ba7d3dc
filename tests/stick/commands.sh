say() {
  name=$1; shift
  "$@" >/tmp/out 2>/tmp/err; rc=$?
  code=$(sed -n 's/.*"code":"\([^"]*\)".*/\1/p' /tmp/err | tail -n 1)
  echo "@ $name $rc ${code:--} $(grep -c '"code"' /tmp/err)"
  [ $rc = 0 ] || [ -n "$code" ] || cat /tmp/err
}
mark() { printf '%-512s' "MARK $*" | dd of=/dev/sda bs=512 seek=200000 oflag=direct conv=notrunc 2>/dev/null || echo "! no mark"; }
sum() { sha256sum "$1" | cut -d ' ' -f 1; }
site() { kaowu-cli --db /case/site.kaowu-db --operator 甲 --json --at 2020-06-27T09:00:00+08:00 "$@"; }
hq() { kaowu-cli --db /case/hq.kaowu-db --operator 甲 --json --at 2020-06-27T09:00:00+08:00 "$@"; }
plug() {
  case $KIND in
    vfat) mount -t vfat -o utf8 "$1" "$2" ;;
    exfat) mount -t exfat "$1" "$2" ;;
  esac || echo "! $1 does not mount"
}
