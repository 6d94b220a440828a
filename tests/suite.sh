#!/bin/sh
# The runner, as far as no kernel is needed: which tests are played, in which order, and what is wrong with
# a command line. Nothing is played here, only --list and --dry_run are used.
. "$top_srcdir/tests/tap.sh"
tap_begin

# script FILE LINE...: a script, with a socket at its end.
script() {
	mkdir -p "$(dirname "$1")"
	file=$1
	shift
	printf '%s\n' "$@" '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' >"$file"
}
script a/quick.pkt 'tag quick' 'covers X-1 X-2' ''
script a/slow.pkt 'tag slow rare' 'covers X-2' '+60 `true`'
script b/both.pkt '--ip_version=ipv4,ipv6' 'rfc 9293 3.6' 'tag quick'
script b/table.pkt 'cases how' '       left' '       right'
script b/.hidden.pkt '' '' ''
echo nothing >b/notes.txt

# listed ARGUMENT...: the names, on one line.
listed() {
	"$run" --list "$@" 2>&1 | tr '\n' ',' | sed 's/,$//'
}

# fails NAME STATUS TEXT ARGUMENT...: the status, and a message that has the text.
fails() {
	name=$1 wanted=$2 text=$3
	shift 3
	seen=$("$run" "$@" 2>&1)
	status=$?
	case $status:$seen in
	"$wanted":*"$text"*) ok "$name" ;;
	*) not_ok "$name" "$(printf 'wanted %s and "%s"\nseen %s and\n%s' "$wanted" "$text" "$status" "$seen")" ;;
	esac
}

# ---- which tests ----

all='a/quick.pkt ipv4,a/slow.pkt ipv4,b/both.pkt ipv4,b/both.pkt ipv6,b/table.pkt[left] ipv4,b/table.pkt[right] ipv4'
same 'folders are searched, in order of names' "$all" "$(listed a b)"
same 'a filter is a part of the name' 'b/both.pkt ipv4,b/both.pkt ipv6' "$(listed a b --filter both)"
same 'a filter with a star fits all of it' 'b/both.pkt ipv6' "$(listed a b --filter '*ipv6')"
same 'a name is itself, also with a case' 'b/table.pkt[right] ipv4' \
	"$(listed a b --filter 'b/table.pkt[right] ipv4')"
same 'of several filters one has to fit' 'a/slow.pkt ipv4,b/both.pkt ipv6' \
	"$(listed a b --filter slow --filter ipv6)"
same 'a tag is a whole word' 'a/slow.pkt ipv4' "$(listed a b --tag rare --tag qui)"
same 'filter and tag have to fit both' 'a/quick.pkt ipv4' "$(listed a b --tag quick --filter a/)"
same 'one row of a table' 'b/table.pkt[left] ipv4' "$(listed b --case left)"
same 'and binds closer than or' 'a/slow.pkt ipv4,b/both.pkt ipv4' \
	"$(listed a b --select 'tag(slow) | path(b/) & tag(quick) & family(ipv4)')"
same 'not, and parentheses' 'a/slow.pkt ipv4,b/table.pkt[left] ipv4,b/table.pkt[right] ipv4' \
	"$(listed a b --select '!(tag(quick))')"
same 'by what it covers' 'a/quick.pkt ipv4,a/slow.pkt ipv4' "$(listed a b --select 'covers(X-*)')"
same 'by the RFC, whole' 'b/both.pkt ipv4,b/both.pkt ipv6' "$(listed a b --select 'rfc(9293 3.*)')"
same 'by the case' 'b/table.pkt[right] ipv4' "$(listed a b --select 'case(right) && name(table)')"
same 'repeated' 'a/quick.pkt ipv4 #1,a/quick.pkt ipv4 #2' "$(listed a/quick.pkt --repeat 2)"

same 'a table from standard input' '<stdin>[left] ipv4,<stdin>[right] ipv4' \
	"$(listed - <b/table.pkt | sed 's/-\[/<stdin>[/g')"
# table ROWS: a script with one.
table() {
	echo 'cases  how text'
	seq "$1" | sed 's/.*/       c& "some text of & that makes it longer"/'
	printf '\n+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n'
}
table 10000 >large.pkt
same 'a table of ten thousand rows is read once' '10000 large.pkt[c10000] ipv4' \
	"$(timeout 30 "$run" --list large.pkt | sed -n '$ { =; p; }' | tr '\n' ' ' | sed 's/ $//')"
{ table 100; echo '+0 close(how, 2) = 0'; } >wrong.pkt
same 'a line behind one that is wrong has its place' 'wrong.pkt:104:4: error: close takes 1 argument, not 2' \
	"$("$run" --dry_run wrong.pkt 2>&1 | grep error: | sed -n 1p)"

# ---- mistakes ----

fails 'no such path' 2 'nowhere: No such file' nowhere
fails 'no script there' 2 'no script' "$(mktemp -d "$tmp/empty.XXX")"
fails 'no path at all' 2 'no script given'
fails 'a filter that fits nothing' 2 "none of 2 tests matches --filter='zzz'" a --filter zzz
fails 'a case that is nowhere' 2 "no script has a case 'middle'" b --case middle
fails 'a case of a script without a table' 2 "no script has a case 'left'" a --case left
fails 'an unknown option, and the one that was meant' 2 'did you mean --filter?' a --fliter x
fails 'two that contradict' 2 '--record and --replay contradict' a --record x --replay y
fails 'two that contradict, with --list' 2 'contradict' a --list --artifacts x
fails 'one that needs another' 2 '--coverage, which is missing' a --claims x
fails 'a value that is missing' 2 '--filter wants a value' a --filter
fails 'a value that looks like an option' 2 '--filter wants a value: write --filter=--list' a --filter --list
fails 'behind a letter, too' 2 '-o wants a value' a -o --list
fails 'a number that is out of range' 2 '--mtu: the number is out of range (0 to 65535)' a --mtu 65536
fails 'a value that is too much' 2 '--list takes no value' a --list=yes
fails 'a number that is none' 2 "from 1 to 256, not 'x'" a -jx
fails 'a shard that is none' 2 "not '3/2'" a --shard 3/2
fails 'a seed that is none' 2 "--shuffle wants a number" a --shuffle=x
fails 'a pcap for two tests' 2 '--pcap is for one test, but these are 2' b/both.pkt --pcap x
fails 'an unknown format' 2 "no report format 'pdf'" a --format pdf
fails 'an unknown ending' 2 'that of no report format' a --report x.pdf
fails 'a report that cannot be written' 2 'cannot write /nowhere/x' a -o /nowhere/x
fails 'artifacts that cannot be written' 2 'cannot write to a/quick.pkt/x' a --artifacts a/quick.pkt/x
fails 'timings that are not there' 2 'No such file' a --timings nowhere
echo 'quick 3' >broken
fails 'timings that are none' 2 'line 1' a --timings broken
fails 'claims that are not there' 2 'No such file' a --coverage --claims nowhere
fails 'bugs that are not there' 2 'tcpclose-run: nowhere: No such file' a --known nowhere
ln -s nowhere b/gone.pkt
fails 'a script that cannot be read' 2 'b/gone.pkt: No such file' b --dry_run
rm b/gone.pkt
echo '+0 sockt(' >b/wrong.pkt
fails 'a script that is wrong' 2 'b/wrong.pkt:1:' b --dry_run
rm b/wrong.pkt
mkdir c
printf '%s\n' 'cases how what' ' left (' ' right 3' ' last nothing' \
	'+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3' '+0 close(what) = 0' >c/table.pkt
fails 'two cases of a table that are wrong' 2 '0 passed, 0 failed, 0 skipped, 2 broken, 1 checked' c --dry_run
sed -i 's/close(/clos(/' c/table.pkt
fails 'what is wrong with all cases is told once' 2 '0 passed, 0 failed, 0 skipped, 1 broken' c --dry_run
fails 'and whichever is chosen' 2 'table.pkt:6:4: error:' c --dry_run --case right
sed -i 's/ what/ state/' c/table.pkt
fails 'and so is a wrong table' 2 'table.pkt:1:11: error:' c --dry_run --case right
rm -r c
fails 'git bisect run is ended by a mistake' 255 'no script given' --bisect

# expression TEXT COLUMN MESSAGE
expression() {
	fails "an expression that is wrong: $1" 2 "--select:1:$2: error: $3" a --select "$1"
}
expression 'tagg(x)' 1 "tests cannot be selected by 'tagg'"
expression 'tag(x' 4 'this parenthesis is not closed'
expression 'tag(x) tag(y)' 8 "'&' or '|' should stand here"
expression 'tag(x) &' 9 "name(...), tag(...)"
expression '(tag(x)' 1 'this parenthesis is not closed'
expression 'tag()' 4 'there is no pattern'
expression 'tag' 4 'a pattern in parentheses should follow'
expression '' 1 "name(...), tag(...)"

# requirement LINE COLUMN MESSAGE, and known bugs
wrong_line() {
	printf '%s\n+0 `true`\n' "$1" >wrong.pkt
	fails "a line that is wrong: $1" 2 "wrong.pkt:1:$2: error: $3" --dry_run wrong.pkt
}
wrong_line 'requires kernl >= 6' 10 "'kernl' is not a condition"
wrong_line 'requires kernel 6.1' 17 'this is written kernel >= 6.10'
wrong_line 'requires kernel >= six' 17 'this is written kernel >= 6.10'
wrong_line 'requires kernel => 6.1' 17 "'=>' cannot compare"
wrong_line 'requires tcpclose 0.2' 19 'this is written tcpclose >= 0.2'
wrong_line 'requires tcpclose >= new' 19 'this is written tcpclose >= 0.2'
wrong_line 'requires tcpclose => 0.2' 19 "'=>' cannot compare"
wrong_line 'requires program' 17 "the program's name is missing"
mkdir -p where/parts
echo 'requires file beside.txt' >where/parts/needs.inc
printf 'include "parts/needs.inc"\n+0 `true`\n' >where/file.pkt
fails 'a file that is required and not there' 77 'needs where/parts/beside.txt: No such file' --dry_run where
touch where/parts/beside.txt
fails 'its name counts from the file that requires it' 0 '1 checked' --dry_run --ip_version=ipv4 where
rm -r where
version=$("$run" --version | sed 's/.* //')
printf 'requires tcpclose >= 0.1\nrequires tcpclose = %s\n+0 `true`\n' "$version" >version.pkt
fails 'the version of this tool' 0 '1 checked' --dry_run version.pkt
# Without the first line, the others are mistakes.
printf '%s\n' 'requires tcpclose >= 99' '--telepathy=always' 'requires moon full' '+0 levitate(3) = 0' \
	'+0 ~~> . 1:1(0) ack 1' >newer.pkt
fails 'what only a newer tool can read is skipped' 77 "needs tcpclose >= 99, but this is $version" newer.pkt
none 'and no error is told' "$(printf '%s\n' "$seen" | grep error:)"
fails 'and when it is only checked' 77 'needs tcpclose >= 99' --dry_run newer.pkt
sed -i 1d newer.pkt
fails 'unless it does not ask for it' 2 'newer.pkt:1:1: error:' newer.pkt
rm version.pkt newer.pkt
wrong_line 'requires root now' 15 "the line should end before 'now'"
wrong_line 'known kernel < 6' 7 'a reason in double quotes'
wrong_line 'known "x" kernel < 6 comit 12' 22 "'comit' cannot stand here"
printf 'a/* "x" kernel >= 1\n\nb/*  y\n' >bugs
fails 'a file of bugs that is wrong' 2 'bugs:3:6: error: a reason' a --known bugs

# init_scripts: line, column and message of one that a script names.
mkdir -p init/folder
printf 'exit 3\n' >init/good.sh
printf 'true\n' >init/plain.sh
chmod +x init/good.sh
init() {
	script init/x.pkt "--init_scripts=$1"
}
init ./good.sh,./gone.sh
fails 'an init script that is not there' 2 'init/x.pkt:1:26: error: --init_scripts: cannot run ./gone.sh: No such file' \
	init --dry_run
fails 'and where it was looked for' 2 "hint: a script is played in its own folder, init/" init --dry_run
init '"./plain.sh arguments"'
fails 'one that may not be run' 2 'init/x.pkt:1:17: error: --init_scripts: cannot run ./plain.sh: Permission denied' \
	init --dry_run
init ./folder
fails 'one that is a folder' 2 'cannot run ./folder: Is a directory' init --dry_run
init good.sh
fails 'one without its folder' 2 'hint: a file is written with its folder: ./good.sh' init --dry_run
init '"./good.sh with arguments, true,:,A=b ./gone.sh"'
fails 'those that the shell finds' 0 '1 checked' init --dry_run
fails 'the command line has the last word' 2 'error: --init_scripts: cannot run ./gone.sh: No such' init --dry_run \
	--init_scripts=./gone.sh
fails 'where the scripts are' 0 '1 checked' init --dry_run --init_scripts=./good.sh
fails 'no command is run' 0 '1 checked' init --dry_run --no_commands --init_scripts=./gone.sh
ln -s "$run" packetdrill
same "packetdrill runs them where it was started" 2 \
	"$(./packetdrill --dry_run --init_scripts=./good.sh init/x.pkt >/dev/null 2>&1; echo $?)"
same 'and finds them there' 0 \
	"$(./packetdrill --dry_run --init_scripts=init/good.sh init/x.pkt >/dev/null 2>&1; echo $?)"

# ---- shards, order ----

i=0
while [ $i -lt 20 ]; do
	script "many/t$i.pkt" '' '' "+$i \`true\`"
	i=$((i + 1))
done
shards() {
	for shard in 1 2 3; do
		"$run" --list --shard $shard/3 "$@"
	done
}
same 'shards cover everything, once' "$("$run" --list many | sort)" "$(shards many | sort)"
same 'a shard is the same each time' "$(listed many --shard 2/3)" "$(listed many --shard 2/3)"
# 0 to 19 seconds are 190; three shards have 63 or 64 each.
load=$("$run" --list --shard 1/3 many | sed 's|many/t||; s|[.].*||' | awk '{ n += $1 } END { print n }')
check "a shard's load is a third" test "$load" -ge 60 -a "$load" -le 67
i=0
while [ $i -lt 20 ]; do
	echo "$((i == 7 ? 1000 : 1)).000 many/t$i.pkt ipv4"
	i=$((i + 1))
done >times
same 'with timings the long one is alone' 'many/t7.pkt ipv4' "$(listed many --shard 1/3 --timings times)"
fails 'more shards than tests' 77 'no test is left for shard 3/3' a/quick.pkt --shard 3/3
same 'a seed is an order' "$(listed many --shuffle=7)" "$(listed many --shuffle=7)"
check 'another seed is another' test "$(listed many --shuffle=7)" != "$(listed many --shuffle=8)"
same 'shuffled, and all there' "$("$run" --list many | sort)" "$("$run" --list --shuffle many | sort)"
check 'the seed is told' sh -c "'$run' --dry_run --shuffle many | grep -q 'order .*--shuffle=[0-9]'"

mkdir side
{
	echo '+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3'
	for fd in 11 12 13 14 15 16 17 18 19; do
		echo "+0...8 accept(3, ..., ...) = $fd"
	done
	echo '+1 close(3) = 0'
} >side/by-side.pkt
fails 'calls that block side by side take as long as one' 77 'it takes 8 s' --longest 7 side

# ---- coverage ----

printf '| id | text |\n|---|---|\n| X-1 | one |\n| `X-9[A,B]` | nine |\n| X1t-A | ten |\n| Xt-A | no id |\nX-3 is none\n' >claims.md
same 'which ids are covered' \
"X-1                  a/quick.pkt  CHECKED 1  call
X-2                  a/quick.pkt  CHECKED 1  call
                     a/slow.pkt  CHECKED 1  call, program
X-9                  none
X1t-A                none
0 of 4 ids are covered" "$("$run" --dry_run -j1 --coverage --claims claims.md a | sed -n '/^X-1/,/covered$/p')"
"$run" --dry_run --coverage=table --format tap a >tap
check 'coverage in a file' grep -q '^X-2' table
none 'and not among the results' "$(grep '^X-' tap)"

# A document's table names it, and then its statements; scripts say what they found.
script d/one.pkt 'covers D7-01 D7-02 X-1' 'verdict D7-01 holds' ''
script d/two.pkt 'covers D7-01 D7-03' 'verdict D7-03 differs: it is otherwise' 'cases how' ' a' ' b'
script d/three.pkt 'covers D7-03 D7-05' 'verdict D7-05 elsewhere: not on Linux' ''
printf '%s\n' '| D7 | what somebody says |' '| D7-01 | it is so |' '| D7-02 | it may be |' \
	'| D7-03 | it is not so |' '| D7-04 | it is nowhere |' '| D7-05 | it is so there |' >claims.txt
same 'the statements of a document, with verdicts' \
"D7: what somebody says

D7-01   it is so
        holds      d/one.pkt  CHECKED 1, and 1 more
D7-02   it may be
        no verdict; 1 script is about it
D7-03   it is not so
        differs    d/two.pkt  CHECKED 2, and 1 more
                   it is otherwise
D7-04   it is nowhere
        no verdict; 0 scripts are about it
D7-05   it is so there
        elsewhere  d/three.pkt  CHECKED 1
                   not on Linux

claims: 5 (1 hold, 1 differ, 1 elsewhere, 2 open)
0 of 5 ids are covered" "$("$run" --dry_run -j1 --coverage --claims claims.txt d | sed -n '/^D7: /,$p')"
# ---- --explain ----

"$run" --explain >classes
check 'the kinds of segments are listed' grep -q '^  delayed-ack  *delayed ACK, \.\.\.$' classes
none 'each is explained, with a document' "$(sed 's/^  //; s/ .*//' classes | while read -r class; do
	"$run" --explain="$class" 2>&1 | grep -q '^document  RFC ' || echo "$class"
done)"
same 'by its name as by the words of a report' "$("$run" --explain challenge-ack-syn)" \
	"$("$run" --explain 'a challenge ACK to a SYN, D-SACK 1:2')"
fails 'a name that is near' 2 'did you mean stale-sack?' --explain=stale-sak
fails 'a name that is not' 2 '--explain lists' --explain=qqq

tap_end
