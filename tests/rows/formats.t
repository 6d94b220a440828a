Each format of reports, see tests/rows.sh: a line of the report on a test that passes, and of one that
fails (basic regular expressions).

## format text
#+ ^PASS  *good.pkt ipv4
#- bad.pkt:1:16: FAIL (ipv4): close returned -1 EBADF

## format tap
#+ ^ok 1 good.pkt
#- ^not ok 1 bad.pkt

## format junit
#+ <testcase .*name="good.pkt
#- <failure .*message="close returned

## format json
#+ "verdict":"PASS"
#- "verdict":"FAIL"

## format html
#+ good.pkt
#- close returned -1 EBADF
