/*
 * Characters of text that may hold any bytes: much of it comes from a child that may have died
 * half-way, so nothing is taken for terminated or printable.
 */
#ifndef TCPCLOSE_REPORT_UTF8_H
#define TCPCLOSE_REPORT_UTF8_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * The character at `text` and, as the result, its length in bytes. 0: these bytes are not UTF-8
 * (RFC 3629: no overlong forms, no surrogates).
 */
size_t utf8_next(const char *text, size_t left, uint32_t *character);

/*
 * Prints text that ends at its NUL or after `size` bytes; control characters and bytes that are not
 * UTF-8 are shown as '?'.
 */
void utf8_print(FILE *out, const char *text, size_t size);

#endif
