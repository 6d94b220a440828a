#include "report/html_text.h"

#include <stdbool.h>
#include <string.h>

#include "report/utf8.h"

static void print_character(FILE *out, const char *text, size_t length, uint32_t character)
{
	bool control = (character < 0x20 && character != '\n') ||
	               (character >= 0x7f && character < 0xa0) || (character & 0xfffe) == 0xfffe;

	if (length && character == '\t')
		fputs("&#9;", out);
	else if (!length || control)
		fputs("\xef\xbf\xbd", out);
	else if (character == '&')
		fputs("&amp;", out);
	else if (character == '<')
		fputs("&lt;", out);
	else if (character == '>')
		fputs("&gt;", out);
	else if (character == '"')
		fputs("&quot;", out);
	else
		fwrite(text, 1, length, out);
}

void html_cut(FILE *out, const char *text, size_t size, size_t most)
{
	size_t left = strnlen(text, size), length;
	uint32_t character = 0;

	for (; left; text += length, left -= length) {
		length = utf8_next(text, left, &character);
		if (most-- == 0) {
			fputs("\xe2\x80\xa6", out);
			return;
		}
		print_character(out, text, length, character);
		length = length ? length : 1;
	}
}

void html_text(FILE *out, const char *text, size_t size)
{
	html_cut(out, text, size, SIZE_MAX);
}
