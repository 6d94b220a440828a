#include "script/habits.h"

#include <ctype.h>
#include <regex.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/seconds.h"

/* ---- lines ---- */

#define TIME "^[[:space:]]*[+]?[0-9.]+[[:space:]]*"
#define FLAG "(FIN|SYN|RST|PSH|ACK|URG)"

/* Extended regular expressions (POSIX). The first one that matches the line gives the hint. */
static const struct {
	const char *pattern, *hint;
} lines[] = {
	{ "Flags *\\[",
	  "this looks like tcpdump; in a script it is written < F. 1:1(0) ack 1 win 65535" },
	{ FLAG " *[-,|+/&] *" FLAG,
	  "flags are letters, and ACK is a dot: F. is FIN and ACK, S. is SYN and ACK" },
	{ "[<>] *\\[[0-9]+:[0-9]+\\([0-9]+\\)\\] *icmp",
	  "what an ICMP message quotes stands behind it: < icmp unreachable host_unreachable "
	  "[1:1001(1000)]" },
	{ "(mp_?(capable|join|cap|prio|fail|fastclose|reset)|[^a-z]dss[^a-z]|(add|remove|rm)_?"
	  "addr)",
	  "tcpclose tests plain TCP, and does not do the options of MPTCP" },
	{ TIME "(-+|=+)>|" TIME "<(-|=)",
	  "a segment that is injected begins with <, one that the kernel sends with >" },
	{ "^[[:space:]]*[+]?[0-9]+,[0-9]+[[:space:]]", "a fraction is written with a point: +0.1" },
	{ "^[[:space:]]*[+]?[0-9.]+:",
	  "nothing stands between the time and the action: +0 close(4) = 0" },
	{ "^[[:space:]]*--[a-z_0-9]+ +[A-Za-z0-9]",
	  "an option and its value are one word: --ip_version=ipv6" },
	{ "[^a-z_](int|char|struct|ssize_t) +[a-z_]+",
	  "nothing is declared in a script: a descriptor is a number, as in socket(...) = 3" },
	{ "\\) *(-|=)>", "a result is written with one sign: close(4) = 0" },
	{ "\\) *= *\"", "a result is a number; the text that is read stands in the call: read(4, "
	                "\"abc\", 3) = 3" },
	{ "[<>] *tcp ", "no word stands before a TCP segment: < F. 1:1(0) ack 1 win 65535" },
	{ "[<>][^\"]*\\([0-9*]+\\) *,",
	  "no comma stands between the fields of a segment: F. 1:1(0) ack 1" },
	{ "[{,] *\\.[a-z_]+ *=", "a field is written without a point: {onoff=1, linger=0}" },
	{ "[{,] *[a-z_]+ *: *[0-9]",
	  "a '=' stands between a field and its number: {onoff=1, linger=0}" },
	{ TIME "(close|accept|read|write|listen|bind|connect|shutdown|socket) +[0-9]",
	  "arguments stand in parentheses: close(4) = 0" },
	{ TIME "state +[A-Za-z]", "this is written state = FIN_WAIT_2" },
	{ TIME "counter +[A-Za-z]", "this is written counter(NAME) = N" },
	{ "(^|[^.])\\.\\.([^.0-9]|$)",
	  "something that does not matter is written with three dots: ..." },
	{ "==", "a result is written with one sign: close(4) = 0" },
	{ "= *-[[:space:]]*E[A-Z]+|-1 *[[,] *E[A-Z]+",
	  "an error is written -1 and its name: = -1 EPIPE" },
	{ "sizeof", "a size is written as a number: 4" },
	{ "<.*(mss|wscale|val|ecr) *= *[0-9]",
	  "the numbers of an option stand behind their name: <mss 1460>" },
	{ "[<>].*(ack|win|seq|urg) *[=:] *[0-9]",
	  "a number stands behind its name: ack 1 win 65535" },
	{ "[<>].*(seq) +[0-9]", "the numbers of a segment stand behind its flags: F. 1:1(0)" },
	{ "[<>] *[A-Z.]+ +[0-9]+:[0-9]+([^0-9(]|$)",
	  "the length of a segment stands behind its numbers: 1:1(0)" },
	{ "[<>] *[A-Z.]+ +[0-9]+ ",
	  "the numbers of a segment are written FIRST:END(LENGTH): 1:1(0)" },
};

/* In a longer line, what is beyond this length is not looked at. */
enum { LINE_MAX_LENGTH = 500 };

static bool fits(const char *pattern, const char *line)
{
	regex_t compiled;
	bool found;

	if (regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) != 0)
		return false;
	found = regexec(&compiled, line, 0, NULL, 0) == 0;
	regfree(&compiled);
	return found;
}

const char *habit_of_line(const char *line, size_t length)
{
	char copy[LINE_MAX_LENGTH + 1];

	if (length > LINE_MAX_LENGTH)
		length = LINE_MAX_LENGTH;
	memcpy(copy, line, length);
	copy[length] = '\0';
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (fits(lines[i].pattern, copy))
			return lines[i].hint;
	return NULL;
}

/* ---- characters ---- */

static const struct {
	char sign;
	const char *hint;
} signs[] = {
	{ '#', "a comment begins with //" },
	{ ';', "an event needs no sign at its end" },
	{ '&', "write the value itself, and a number in brackets: [1]" },
	{ '\'', "a string is written in double quotes" },
	{ '$', "a word that --define sets is written without a '$'" },
	{ '%', "code stands between %{ and }%" },
};

void report_sign(struct diag *diag, struct range where, unsigned char sign)
{
	if (!isprint(sign)) {
		diag_error(diag, where, "a byte 0x%02x has no meaning here", sign);
		return;
	}
	diag_error(diag, where, "'%c' has no meaning here", sign);
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (signs[i].sign == (char)sign)
			diag_hint(diag, "%s", signs[i].hint);
}

#define SPACE "write an ordinary space; a mail or a web page may have changed it"
#define DASH "write - for a minus or a flag, and : between two numbers of a segment"
#define QUOTE "write \"; a mail or a word processor may have changed it"
#define NOTHING "delete it; it cannot be seen"
#define ARROW "a segment that is injected begins with <, one that the kernel sends with >"

static const struct {
	uint32_t code;
	const char *name, *hint;
} characters[] = {
	/* clang-format off */
	{ 0x00a0, "a no-break space", SPACE },
	{ 0x00ab, "a quotation mark", QUOTE },
	{ 0x00ad, "a soft hyphen", NOTHING },
	{ 0x00bb, "a quotation mark", QUOTE },
	{ 0x00d7, "a multiplication sign", "write *" },
	{ 0x2002, "a wide space", SPACE },
	{ 0x2003, "a wide space", SPACE },
	{ 0x2007, "a space as wide as a digit", SPACE },
	{ 0x2009, "a thin space", SPACE },
	{ 0x200b, "a space without width", NOTHING },
	{ 0x200e, "a mark of the direction of writing", NOTHING },
	{ 0x200f, "a mark of the direction of writing", NOTHING },
	{ 0x2010, "a hyphen, not the minus of the keyboard", DASH },
	{ 0x2011, "a no-break hyphen", DASH },
	{ 0x2012, "a figure dash", DASH },
	{ 0x2013, "an en dash", DASH },
	{ 0x2014, "an em dash", DASH },
	{ 0x2018, "a curved quotation mark", QUOTE },
	{ 0x2019, "a curved quotation mark", QUOTE },
	{ 0x201c, "a curved quotation mark", QUOTE },
	{ 0x201d, "a curved quotation mark", QUOTE },
	{ 0x201e, "a low quotation mark", QUOTE },
	{ 0x2026, "an ellipsis in one character", "write three dots: ..." },
	{ 0x202f, "a narrow no-break space", SPACE },
	{ 0x2039, "an angle quotation mark", "write < or >" },
	{ 0x203a, "an angle quotation mark", "write < or >" },
	{ 0x2060, "a joiner of words without width", NOTHING },
	{ 0x2190, "an arrow", ARROW },
	{ 0x2192, "an arrow", ARROW },
	{ 0x2212, "a minus sign, not the one of the keyboard", DASH },
	{ 0x2217, "an asterisk of mathematics", "write *" },
	{ 0x223c, "a tilde of mathematics", "write ~" },
	{ 0x3000, "a wide space", SPACE },
	{ 0xfeff, "a byte order mark", NOTHING },
	{ 0xff0c, "a wide comma", "write ," },
	{ 0xff1a, "a wide colon", "write :" },
	{ 0xff1d, "a wide equals sign", "write =" },
	/* clang-format on */
};

/* Decodes one character of well-formed UTF-8. */
static uint32_t decode(const char *text)
{
	unsigned char first = (unsigned char)*text++;
	uint32_t code = first < 0xe0 ? first & 0x1f : first < 0xf0 ? first & 0xf : first & 7;

	for (; ((unsigned char)*text & 0xc0) == 0x80; text++)
		code = code << 6 | ((unsigned char)*text & 0x3f);
	return code;
}

void report_character(struct diag *diag, struct range where, const char *text)
{
	uint32_t code = decode(text);

	/* The character has several bytes, but only one column. */
	where.end = where.begin + 1;
	for (size_t i = 0; i < sizeof(characters) / sizeof(*characters); i++)
		if (characters[i].code == code) {
			diag_error(diag, where, "this is %s (U+%04X)", characters[i].name, code);
			diag_hint(diag, "%s", characters[i].hint);
			return;
		}
	diag_error(diag, where, "the character U+%04X has no meaning here", code);
}

/* Writes it as a script would: with a point, and with no more digits than are needed. */
static void hint_seconds(struct diag *diag, double seconds)
{
	enum { MOST = 1000000000 };
	char text[SECONDS_TEXT];

	if (seconds < 0 || seconds > MOST)
		return;
	seconds_print((usec_t)(seconds * USEC_PER_SEC + .5), text);
	diag_hint(diag, "write %s", text);
}

void report_unit(struct diag *diag, struct range where, const char *text)
{
	static const struct {
		const char *name;
		double seconds;
	} units[] = {
		{ "ns", 1e-9 }, { "us", 1e-6 }, { "ms", 1e-3 }, { "s", 1 }, { "min", 60 },
	};
	char *end;
	double number = strtod(text, &end);

	diag_error(diag, where, "a number has no unit here; times are in seconds");
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (!strncmp(end, units[i].name, strlen(units[i].name))) {
			hint_seconds(diag, number * units[i].seconds);
			return;
		}
}
