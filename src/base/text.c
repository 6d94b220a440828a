#include "base/text.h"

#include <stdio.h>
#include <string.h>

struct text_buffer text_begin(char *text, size_t size)
{
	if (size > 0)
		text[0] = '\0';
	return (struct text_buffer){ .text = text, .size = size };
}

void text_vadd(struct text_buffer *buffer, const char *format, va_list args)
{
	size_t room = buffer->size - buffer->length;
	int length;

	if (room <= 1)
		return;
	length = vsnprintf(buffer->text + buffer->length, room, format, args);
	if (length > 0)
		buffer->length += (size_t)length < room ? (size_t)length : room - 1;
}

void text_add(struct text_buffer *buffer, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_vadd(buffer, format, args);
	va_end(args);
}

void text_add_hex(struct text_buffer *buffer, const void *bytes, size_t length)
{
	const unsigned char *byte = bytes;

	for (size_t i = 0; i < length; i++)
		text_add(buffer, "%02x", byte[i]);
}

bool text_is_in(const char *word, const char *const *words, size_t count)
{
	size_t i = 0;

	while (i < count && strcmp(words[i], word))
		i++;
	return i < count;
}
