/* Bytes (a "blob") and texts, as they are written in a recording. */
#ifndef TCPCLOSE_HOST_BLOB_H
#define TCPCLOSE_HOST_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct blob {
	size_t size;
	const char *digits; /* pairs of digits; NULL: there is no blob */
	size_t count;       /* number of pairs, at most `size` */
};

/* Writes SIZE:HEX. With `before`, a byte that is the same there is written as "..". */
void blob_write(FILE *out, const uint8_t *bytes, const uint8_t *before, size_t size);

/*
 * Reads SIZE:HEX. Returns false when `text` is not of this form or has more than SIZE pairs. `blob`
 * then points to the digits in `text`.
 */
bool blob_parse(const char *text, struct blob *blob);

/* Sets the bytes that the blob names. At `bytes` there must be room for blob->size. */
void blob_apply(const struct blob *blob, uint8_t *bytes);

/* Writes a text in quotation marks. */
void text_write(FILE *out, const char *text);

/*
 * Reads a text whose first quotation mark is at *at. Replaces its escapes in place, and moves *at
 * behind it. Returns NULL, or a static text that says what is wrong.
 */
const char *text_parse(char **at, const char **text);

#endif
