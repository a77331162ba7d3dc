# Writes that a stick has seen.
writes() { read -r _ _ _ _ count _ <"/sys/block/sd$1/stat"; }
# Pulls it at a write of the next handover.
pull() {
  writes "$1"; end=$((count + $2))
  until [ $count -ge $end ]; do usleep 2000; writes "$1"; done
  echo 1 >/sys/block/sd$1/device/delete
}
at=1
for letter in a b c d e f g h; do
  plug /dev/sd$letter /stick
  site packet export --out /stick >/dev/null || echo "! first $letter"
  echo "# $letter $(sum /stick/*.kaowu)"
  pull $letter $at &
  while site packet export --out /stick >/dev/null 2>/tmp/e; do
    echo "# $letter $(sha256sum /stick/*.kaowu 2>/dev/null | cut -d ' ' -f 1)"
  done
  echo "@ pulled-$letter 1 $(sed -n 's/.*"code":"\([^"]*\)".*/\1/p' /tmp/e | tail -n 1) $(grep -c '"code"' /tmp/e)"
  wait; umount -l /stick
  at=$((at + 1 + at / 3))
done
