/*
 * The C structures that a script writes as { name=value, ... }, and access to their fields in
 * memory. Layouts are tables of offsets, so that a kernel which is newer than the installed headers
 * can be asked for everything it knows.
 */
#ifndef TCPCLOSE_PROGRAM_RECORDS_H
#define TCPCLOSE_PROGRAM_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "program/program.h"

/* A descriptor in a list of select(2): the kernel has a bit for it. */
struct fd_set_member {
	int fd, isset;
};

/*
 * Finds a layout by its name in C ("tcp_info", "pollfd"); NULL when there is none. A kernel that is
 * older than the layout fills only its beginning: a field is there when offset + size is not beyond
 * the length that the kernel returned.
 */
const struct record_layout *record_find(const char *name);

/*
 * Finds the first layout with a field of this name, beginning with the structures of socket
 * options; NULL when there is none. When the call says which structure it uses, ask record_find().
 */
const struct record_layout *record_of_field(const char *field_name);

/* The layout with this index, from 0; NULL after the last. */
const struct record_layout *record_at(size_t index);

/* Finds a field by its name; NULL when the layout has none. */
const struct record_field *record_field_find(const struct record_layout *layout, const char *name);

/*
 * Write or read one field of the structure at `memory`, at any alignment. They deal with size,
 * sign, byte order and bit fields, and keep the bits beside a bit field. A value that does not fit
 * loses its upper bits. For FIELD_BYTES, put does nothing and get returns 0: the caller copies
 * `size` bytes at `offset`.
 */
void record_put(const struct record_field *field, void *memory, int64_t value);
int64_t record_get(const struct record_field *field, const void *memory);

#endif
