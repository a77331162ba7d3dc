plug /dev/sda /stick
while :; do
  site packet export --out /stick >/dev/null || echo "! export"
  echo "@ handed 0 - 0"
done
