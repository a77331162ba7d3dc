n=0
for letter in a b c d e f g h; do
  fat /dev/sd$letter /stick
  site packet export --out /stick >/dev/null || echo "! first $letter"
  echo "# $letter $(sum /stick/*.kaowu)"
  (usleep $((100000 + n * 130000)); echo 1 >/sys/block/sd$letter/device/delete) &
  while site packet export --out /stick >/dev/null 2>/tmp/e; do
    echo "# $letter $(sha256sum /stick/*.kaowu 2>/dev/null | cut -d ' ' -f 1)"
  done
  echo "@ pulled-$letter 1 $(sed -n 's/.*"code":"\([^"]*\)".*/\1/p' /tmp/e | tail -n 1) $(grep -c '"code"' /tmp/e)"
  wait; umount -l /stick
  n=$((n + 1))
done
