/* Builds a text in a buffer of the caller; what does not fit is cut off. Finds a word in a list. */
#ifndef TCPCLOSE_BASE_TEXT_H
#define TCPCLOSE_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct text_buffer {
	char *text;
	size_t size, length; /* length: bytes that are there, at most size - 1 */
};

/* Begins an empty text in `text`. Nothing is ever written when `size` is 0. */
struct text_buffer text_begin(char *text, size_t size);

void text_add(struct text_buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void text_vadd(struct text_buffer *buffer, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* Adds each byte as two lower-case hexadecimal digits. */
void text_add_hex(struct text_buffer *buffer, const void *bytes, size_t length);

/* The word is in the array of words. */
#define TEXT_IS_IN(word, words) text_is_in(word, words, sizeof(words) / sizeof(*(words)))
bool text_is_in(const char *word, const char *const *words, size_t count);

#endif
