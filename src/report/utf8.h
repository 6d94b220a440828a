/*
 * Characters of text that may have any bytes. Much of it comes from a child that may have died
 * before it was done, so nothing is expected to end with NUL or to be printable.
 */
#ifndef TCPCLOSE_REPORT_UTF8_H
#define TCPCLOSE_REPORT_UTF8_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * Reads the character at `text`, and returns its length in bytes. Returns 0 when the bytes are not
 * UTF-8 (RFC 3629: no overlong forms, no surrogates).
 */
size_t utf8_next(const char *text, size_t left, uint32_t *character);

/*
 * Prints text that ends at NUL or after `size` bytes. Control characters, and bytes that are not
 * UTF-8, are shown as '?'.
 */
void utf8_print(FILE *out, const char *text, size_t size);

#endif
