#!/bin/sh
# The HTML report in a real browser: what is on the page, what its filters do, and whether it can be seen.
. "$top_srcdir/tests/tap.sh"
tap_begin

browser=
for name in chromium chromium-browser google-chrome; do
	[ -n "$browser" ] || browser=$(command -v "$name")
done

cat >'good & <b>.pkt' <<'END'
covers D0-02 D1-99
0   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
END
cat >bad.pkt <<'END'
covers D0-02 FW1-X
--ip_version=ipv6
0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0   bind(3, ..., ...) = 0
+0   listen(3, 1) = 0
+.01 < S 0:0(0) win 32792 <mss 1000>
+0   > S. 0:0(0) ack 2 <...>
END
"$run" --report=page.html 'good & <b>.pkt' bad.pkt >said 2>&1
case $?:$(tail -n 1 said) in
1:'1 passed, 1 failed'*) ok "a page is written beside the ordinary report" ;;
77:*|125:*)
	skip "a page is written beside the ordinary report" "no test can be run here: $(tail -n 1 said)"
	tap_end
	;;
*) not_ok "a page is written beside the ordinary report" "$(cat said)" ;;
esac

none "it asks for nothing from elsewhere" "$(grep -nE 'https?:|url\(|@import| src=' page.html)"

# Elements that must be closed are; attributes and text hold no bare characters of HTML.
none "what is opened is closed" "$(for tag in details summary span div dl dt dd svg g text section main form; do
	a=$(grep -oE "<$tag[ >]" page.html | wc -l)
	b=$(grep -o "</$tag>" page.html | wc -l)
	[ "$a" -eq "$b" ] || echo "$tag: $a opened, $b closed"
done)"
check "names are escaped" grep -q 'good &amp; &lt;b&gt;.pkt' page.html

mkdir -p pages deep
"$run" --artifacts='deep/ke pt' --report=pages/page.html bad.pkt >/dev/null 2>&1
check "what is kept is named as seen from the page" test -f \
	"pages/$(sed -n 's/.*<a href="\([^"]*\)"><code>.*/\1/p' pages/page.html | sed 's/%20/ /g')rerun.sh"

if [ -z "$browser" ]; then
	skip "the page in a browser" "no Chromium here"
	tap_end
fi

# browse URL OPTION...: the page as the browser has it, after its script has run.
browse() {
	page=$1
	shift
	timeout 120 "$browser" --headless --no-sandbox --disable-gpu --no-first-run \
		--disable-background-networking --disable-component-update --disable-sync \
		--user-data-dir="$tmp/profile" --virtual-time-budget=10000 "$@" "file://$tmp/$page" 2>browser.log
}

# Where nothing at all can be shown the browser is at fault.
browse page.html --dump-dom >dom
if ! grep -q '</html>' dom; then
	skip "the page in a browser" "the browser does not work here: $(tail -n 1 browser.log)"
	tap_end
fi
# ready URL: how many tests are shown, once the script is through.
ready() {
	browse "$1" --dump-dom | sed -n 's/.*<html[^>]* data-ready="\([0-9]*\)".*/\1/p'
}

check "its script runs to the end" grep -q '<html[^>]* data-ready="2"' dom
check "the failure is open" grep -q '<details[^>]*data-verdict="FAIL"[^>]* open=""' dom
check "the segment at fault is marked" grep -q '<g class="out bad">' dom
check "what was wanted stands beside it" grep -q 'wanted: S. 0:0(0) ack 2' dom
check "coverage has each id once" grep -q 'coverage: 3 ids of the documents, 2 by a test that passed' dom
check "an id carries the worst verdict of its tests" \
	grep -q '<button type="button" class="badge FAIL"[^>]*>D0-02 ×2<' dom
same "the address filters by verdict" 1 "$(ready 'page.html#verdict=PASS')"
same "the address filters by family" 1 "$(ready 'page.html#family=ipv6')"
same "the address filters by text" 1 "$(ready 'page.html#text=d1-99+good')"
same "a filter that nothing passes" 0 "$(ready 'page.html#text=nothing-has-this')"

for scheme in 0 1; do
	browse page.html --window-size=1300,1000 --blink-settings=preferredColorScheme=$scheme \
		--screenshot="$tmp/shot$scheme.png" >/dev/null
done
# A page without a picture on it compresses to less than that.
check "it is seen" test "$(wc -c <shot1.png)" -gt 20000
check "dark is not light" sh -c '! cmp -s shot0.png shot1.png'

mkdir many
i=0
while [ $i -lt 1000 ]; do
	ln 'good & <b>.pkt' many/$i.pkt
	i=$((i + 1))
done
"$run" --dry_run --output=many.html --format=html many
same "a thousand tests" 1000 "$(ready many.html)"
tap_end
