#include "editor/position.h"

#include <string.h>

struct text_line position_line(const char *text, size_t number)
{
	const char *end;

	for (; number > 0 && (end = strchr(text, '\n')); number--)
		text = end + 1;
	if (number > 0)
		text += strlen(text);
	return (struct text_line){ text, strcspn(text, "\r\n") };
}

/*
 * How many units the first byte of a character counts. A byte that continues a character counts
 * none.
 */
static size_t units_of(char byte)
{
	unsigned char first = (unsigned char)byte;

	return (first & 0xc0) == 0x80 ? 0 : first >= 0xf0 ? 2 : 1;
}

size_t position_units(const char *line, size_t bytes)
{
	size_t units = 0;

	for (size_t i = 0; i < bytes; i++)
		units += units_of(line[i]);
	return units;
}

size_t position_bytes(struct text_line line, size_t units)
{
	size_t bytes = 0;

	while (bytes < line.length && position_units(line.begin, bytes + 1) <= units)
		bytes++;
	return bytes;
}

json_t *position_json(size_t line, size_t units)
{
	return json_pack("{s:I, s:I}", "line", (json_int_t)line, "character", (json_int_t)units);
}

json_t *position_range(size_t line, size_t begin, size_t end)
{
	return json_pack("{s:o, s:o}", "start", position_json(line, begin), "end",
	                 position_json(line, end));
}
