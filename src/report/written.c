#include "report/written.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* The length of the comment that begins at `text`; 0 when none does. */
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
