truncate -s 5G /case/large.kaowu-db
mkdir /small
plug /dev/sda /stick
plug /dev/sdb /small
echo "# type $(stat -f -c %t /stick)"
# There and back.
say issue hq packet issue --stage city --part written --site 3211-01 --out /stick
say export site packet export --out /stick
handed=$(ls /stick/*.????????.kaowu)
echo "# handed $handed"
say merge hq packet merge "$handed"
say receipt hq packet receipt --post city.written.3211-01 --out /stick
say read-receipt site packet read-receipt /stick/city.written.3211-01.receipt.kaowu
say key hq keys save escrow --out /stick
say backup hq backup --out /stick/总部.kaowu-db
say ring hq backup --ring /stick
say workbook hq papers announcement --of roster --out /stick/名单.xlsx
# Again over what is there, and under a name that differs in case only.
say export-again site packet export --out /stick
say backup-again hq backup --out /stick/总部.kaowu-db
mv "$handed" /tmp/h; cp /tmp/h "/stick/$(basename "$handed" | tr a-z A-Z)"
say export-case site packet export --out /stick
echo "# of-this-name $(ls /stick | grep -ic "^$(basename "$handed")$") parts $(ls /stick | grep -c part)"
say merge-again hq packet merge /stick/*.????????.[kK]*
# Names: what FAT refuses, said; what the program makes of them, taken.
say bad-name hq backup --out '/stick/a:b?.kaowu-db'
n=0; while read -r name; do touch "/small/$name" && [ -e "/small/$name" ] && n=$((n + 1)); done </case/names
echo "# names $n $(ls /small | wc -l)"
rm -f /small/*
# 4 GiB, and the system itself on it.
if [ $KIND = vfat ]; then
  say four-gib kaowu-cli --db /stick/large.kaowu-db --operator 甲 --json restore /case/large.kaowu-db
  echo "# left $(ls /stick | grep -c large)"
  say kernel dd if=/dev/zero of=/stick/big bs=1 count=1 seek=4294967295 conv=notrunc
  grep -o 'File too large' /tmp/err
  rm -f /stick/big
fi
# Full.
say small-export site packet export --out /small
say small-backup site backup --out /small/b.kaowu-db
before=$(sum /small/b.kaowu-db)$(sum /small/city*)
dd if=/dev/zero of=/small/filler bs=4096 2>/dev/null
dd if=/dev/zero of=/small/filler2 bs=512 2>/dev/null
say full-export site packet export --out /small
say full-backup site backup --out /small/b.kaowu-db
say full-workbook hq papers announcement --of roster --out /small/x.xlsx
say full-key hq keys save escrow --out /small
[ "$before" = "$(sum /small/b.kaowu-db)$(sum /small/city*)" ] && echo "# full whole"
rm /small/filler /small/filler2
# Write-protected.
mount -o remount,ro /small
say ro-export site packet export --out /small
say ro-backup site backup --out /small/b.kaowu-db
say ro-workbook hq papers announcement --of roster --out /small/x.xlsx
say ro-receipt hq packet receipt --post city.written.3211-01 --out /small
[ "$before" = "$(sum /small/b.kaowu-db)$(sum /small/city*)" ] && echo "# read-only whole"
echo "# small $(ls /small | wc -l)"
umount /stick; umount /small
