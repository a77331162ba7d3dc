for letter in a b c d e f g h i j k l m n o p; do
  [ -e /dev/sd$letter ] || break
  plug /dev/sd$letter /stick
  say backup-$letter site backup --out /stick/b.kaowu-db
  echo "# $letter b.kaowu-db $(sum /stick/b.kaowu-db)"
  say workbook-$letter hq papers announcement --of roster --out /stick/x.xlsx
  echo "# $letter x.xlsx $(sum /stick/x.xlsx)"
  echo "# parts $letter $(ls /stick | grep -c part)"
  umount /stick
done
