#include "report/utf8.h"

#include <string.h>

size_t utf8_next(const char *text, size_t left, uint32_t *character)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *bytes = (const unsigned char *)text;
	size_t length = bytes[0] < 0x80 ? 1 : bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
	uint32_t value = bytes[0];

	if (!left || length > left || (bytes[0] >= 0x80 && bytes[0] < 0xc0) || bytes[0] > 0xf4)
		return 0;
	if (length > 1)
		value &= 0x7fu >> length;
	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (bytes[i] & 0x3fu);
	}
	if (value < smallest[length] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return 0;
	*character = value;
	return length;
}

void utf8_print(FILE *out, const char *text, size_t size)
{
	size_t length, left = strnlen(text, size);
	uint32_t character;

	for (; left; text += length, left -= length) {
		length = utf8_next(text, left, &character);
		/* The C1 controls (U+0080 to U+009F) control terminals, too. */
		if (!length || character < 0x20 || (character >= 0x7f && character < 0xa0)) {
			length = length ? length : 1;
			fputc('?', out);
			continue;
		}
		fwrite(text, 1, length, out);
	}
}
