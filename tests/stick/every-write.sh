plug /dev/sda /stick
does() {
  file=$1; shift
  "$@" >/tmp/out 2>&1 || { echo "! $*"; cat /tmp/out; }
  mark "$file" "$(sum "/stick/$file")"
  echo "# $file"
}
site packet export --out /tmp >/dev/null
handed=$(basename /tmp/*.????????.kaowu)
for n in 1 2 3; do
  does "$handed" site packet export --out /stick
  does b.kaowu-db site backup --out /stick/b.kaowu-db
  does x.xlsx hq papers announcement --of roster --out /stick/x.xlsx
  does city.written.3211-01.kaowu hq packet issue --stage city --part written --site 3211-01 --out /stick
done
sync
umount /stick
