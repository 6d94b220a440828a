/* Text put together in a buffer of the caller's, cut off where the buffer ends. */
#ifndef TCPCLOSE_BASE_TEXT_H
#define TCPCLOSE_BASE_TEXT_H

#include <stddef.h>

struct text_buffer {
	char *text;
	size_t size, length; /* length: of what is there, at most size - 1 */
};

/* An empty text in `text`; nothing is ever written when `size` is 0. */
struct text_buffer text_begin(char *text, size_t size);

void text_add(struct text_buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Each byte as two lower-case hexadecimal digits. */
void text_add_hex(struct text_buffer *buffer, const void *bytes, size_t length);

#endif
