#include "host/blob.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char digits[] = "0123456789abcdef";

static bool is_unchanged(const uint8_t *bytes, const uint8_t *before, size_t i)
{
	return bytes[i] == (before ? before[i] : 0);
}

void blob_write(FILE *out, const uint8_t *bytes, const uint8_t *before, size_t size)
{
	size_t end = size;

	while (end > 0 && is_unchanged(bytes, before, end - 1))
		end--;
	fprintf(out, "%zu:", size);
	for (size_t i = 0; i < end; i++) {
		bool open = before && is_unchanged(bytes, before, i);

		putc(open ? '.' : digits[bytes[i] >> 4], out);
		putc(open ? '.' : digits[bytes[i] & 0xf], out);
	}
}

static bool is_pair(const char *text)
{
	return (text[0] == '.' && text[1] == '.') ||
	       (isxdigit((unsigned char)text[0]) && isxdigit((unsigned char)text[1]));
}

bool blob_parse(const char *text, struct blob *blob)
{
	char *colon;

	if (!isdigit((unsigned char)*text))
		return false;
	errno = 0;
	blob->size = strtoul(text, &colon, 10);
	if (errno || blob->size > INT_MAX || *colon != ':')
		return false;
	blob->digits = colon + 1;
	for (blob->count = 0; is_pair(blob->digits + 2 * blob->count); blob->count++)
		;
	return blob->digits[2 * blob->count] == '\0' && blob->count <= blob->size;
}

/* The value of a hexadecimal digit. */
static uint8_t nibble(char digit)
{
	return (uint8_t)(strchr(digits, tolower((unsigned char)digit)) - digits);
}

void blob_apply(const struct blob *blob, uint8_t *bytes)
{
	for (size_t i = 0; i < blob->count; i++) {
		const char *pair = blob->digits + 2 * i;

		if (*pair != '.')
			bytes[i] = (uint8_t)(nibble(pair[0]) << 4 | nibble(pair[1]));
	}
}

/* ---- texts ---- */

void text_write(FILE *out, const char *text)
{
	putc('"', out);
	for (; *text; text++)
		if (*text == '"' || *text == '\\')
			fprintf(out, "\\%c", *text);
		else if (iscntrl((unsigned char)*text))
			fprintf(out, "\\x%02x", (unsigned char)*text);
		else
			putc(*text, out);
	putc('"', out);
}

/* Replaces the escape behind the backslash: \x41 or \". */
static bool unescape(char **from, char *to)
{
	if (**from == '\\' || **from == '"') {
		*to = *(*from)++;
		return true;
	}
	if (**from != 'x' || !isxdigit((unsigned char)(*from)[1]) ||
	    !isxdigit((unsigned char)(*from)[2]))
		return false;
	*to = (char)(nibble((*from)[1]) << 4 | nibble((*from)[2]));
	*from += 3;
	return *to != '\0';
}

const char *text_parse(char **at, const char **text)
{
	char *from, *to;

	if (**at != '"')
		return "a text in quotation marks is missing";
	from = to = *at + 1;
	*text = to;
	while (*from && *from != '"') {
		char c = *from++;

		if (c == '\\' && !unescape(&from, &c))
			return "the text has a wrong escape";
		*to++ = c;
	}
	if (*from != '"')
		return "the text has no end";
	*to = '\0';
	*at = from + 1;
	return NULL;
}
