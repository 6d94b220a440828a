# Makes rows of C, { "WORD", "FORM", "TEXT" }, from the lists of tcpclose-script(5): for each item that
# begins with a word of the language, its form and what the manual says about it.

function plain(text) {
	gsub(/\\&/, "", text)
	gsub(/\\-/, "-", text)
	gsub(/\\\(aq/, "'", text)
	gsub(/\\\(dq/, "\"", text)
	gsub(/\\\(ga/, "`", text)
	gsub(/\\\(ha/, "^", text)
	gsub(/\\\(ti/, "~", text)
	gsub(/\\e/, "\\", text)
	gsub(/ ([,.:;])$/, "&", text)
	return text
}

function quoted(text) {
	gsub(/\\/, "\\\\", text)
	gsub(/"/, "\\\"", text)
	return "\"" text "\""
}

function flush(   n, i, forms, word) {
	if (form == "")
		return
	n = split(form, forms, / , /)
	for (i = 1; i <= n; i++) {
		word = forms[i]
		sub(/[^A-Za-z0-9_-].*/, "", word)
		if (word ~ /^[A-Za-z]/ && word !~ /^[A-Z][A-Z]+$/ || word == "TS" || word == "FO" || word == "ECN")
			printf "{ %s, %s, %s },\n", quoted(word), quoted(form), quoted(text)
	}
	form = ""
}

/^\.It Li / {
	flush()
	form = plain(substr($0, 8))
	text = ""
	next
}

/^\.(El|Bl|Bd|Ed|Pp|Sh|Ss|It)/ {
	flush()
	next
}

form != "" && !/^\.\\"/ {
	line = $0
	if (sub(/^\.[A-Z][a-z] /, "", line))
		sub(/ [,.:;)]+$/, "&", line)
	if (sub(/ ([,.:;])$/, "", line))
		line = line substr($0, length($0))
	text = text (text == "" ? "" : " ") plain(line)
}

END { flush() }
