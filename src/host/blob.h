/* Bytes and texts as a recording writes them. */
#ifndef TCPCLOSE_HOST_BLOB_H
#define TCPCLOSE_HOST_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct blob {
	size_t size;
	const char *digits; /* pairs; NULL: there is no blob */
	size_t count;       /* of pairs, at most `size` */
};

/* Writes SIZE:HEX. With `before`, bytes that are as they were there become "..". */
void blob_write(FILE *out, const uint8_t *bytes, const uint8_t *before, size_t size);

/* False when `text` is not SIZE:HEX with at most SIZE pairs. The digits stay in `text`. */
bool blob_parse(const char *text, struct blob *blob);

/* Sets the bytes that the blob names; there must be room for its size. */
void blob_apply(const struct blob *blob, uint8_t *bytes);

/* A text in quotation marks. */
void text_write(FILE *out, const char *text);

/*
 * Reads one that begins at *at with its first mark, frees it of its escapes in place, and leaves
 * *at behind it. NULL, or what is wrong with it.
 */
const char *text_parse(char **at, const char **text);

#endif
