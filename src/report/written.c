#include "report/written.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "program/symbols.h"

/* ---- script text as one line ---- */

/* Length of the comment that begins at `text`, 0 when none does. */
static size_t comment_length(const char *text, size_t left)
{
	const char *end;

	if (left < 2 || text[0] != '/' || (text[1] != '/' && text[1] != '*'))
		return 0;
	if (text[1] == '/') {
		end = memchr(text, '\n', left);
		return end ? (size_t)(end - text) : left;
	}
	end = memmem(text + 2, left - 2, "*/", 2);
	return end ? (size_t)(end - text) + 2 : left;
}

static void squeeze(const char *from, size_t left, char text[WORDS])
{
	size_t used = 0, skip;
	bool quoted = false, blank = false;

	for (; left && *from && used < WORDS - 5; from += skip, left -= skip) {
		skip = quoted ? 0 : comment_length(from, left);
		if (skip || (!quoted && isspace((unsigned char)*from))) {
			blank = used;
			skip = skip ? skip : 1;
			continue;
		}
		skip = 1;
		if (blank)
			text[used++] = ' ';
		blank = false;
		if (quoted && *from == '\\' && left > 1) {
			text[used++] = *from;
			skip = 2;
		}
		if (*from == '"')
			quoted = !quoted;
		text[used++] = from[skip - 1];
	}
	if (left && *from)
		used += (size_t)sprintf(text + used, "...");
	text[used] = '\0';
}

const char *written_line(const struct sources *sources, struct range range, char text[WORDS])
{
	size_t length;
	const char *written = sources && range.end > range.begin
	                              ? sources_written(sources, range, &length)
	                              : NULL;

	*text = '\0';
	if (written)
		squeeze(written, length, text);
	return text;
}

/* A script's event without the time before it. */
const char *written_after_time(const char *text)
{
	size_t length = strspn(text, "0123456789.+-*~");

	if (length && text[length] == ' ')
		return text + length + 1;
	return text;
}

/* ---- what it says of a result ---- */

/* Where the result is written in the text of a call: behind the '=' that is in no parentheses. */
char *written_result(char *text)
{
	bool quoted = false;
	int depth = 0;

	for (; *text; text++) {
		if (*text == '\\' && quoted && text[1])
			text++;
		else if (*text == '"')
			quoted = !quoted;
		else if (!quoted && strchr("([{", *text))
			depth++;
		else if (!quoted && strchr(")]}", *text))
			depth--;
		else if (!quoted && depth == 0 && *text == '=')
			return text;
	}
	return NULL;
}

/* The number that one word stands for: "EBADF". */
static bool word_number(const char *written, long *number)
{
	size_t length = strspn(written, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
	char word[WORDS];
	int64_t value;

	if (!length || length >= sizeof(word) || strchr(written + length, '|'))
		return false;
	memcpy(word, written, length);
	word[length] = '\0';
	if (!symbol_find(word, &value))
		return false;
	*number = (long)value;
	return true;
}

/* True: the script says a number, and (with an error) its name, and it is what came. */
bool written_as_came(const char *written, const struct event *event)
{
	const char *name = event->error ? symbol_name(SYMBOL_ERRNO, event->error) : NULL;
	char *rest;
	long number = strtol(written, &rest, 0);
	size_t length;

	/* A word (a new process, flags by name) is the run's to compare. */
	if (rest == written && word_number(written, &number))
		return !event->error && number == event->result;
	if (rest == written)
		return !event->error && strncmp(written, "...", 3);
	rest += strspn(rest, " ");
	length = strcspn(rest, " (");
	if (number != event->result || !event->error)
		return number == event->result;
	return name && strlen(name) == length && !strncmp(name, rest, length);
}
