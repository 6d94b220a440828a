/*
 * The C structures that a script writes as { name=value, ... }, and access to their fields in
 * memory. Layouts are tables of offsets, so that a kernel newer than the installed headers can be
 * asked for all that it knows.
 */
#ifndef TCPCLOSE_PROGRAM_RECORDS_H
#define TCPCLOSE_PROGRAM_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "program/program.h"

/*
 * A layout by its name in C ("tcp_info", "pollfd"); NULL when there is none. A kernel older than
 * the layout fills only its beginning: a field is there when offset + size is within the length
 * that came back.
 */
const struct record_layout *record_find(const char *name);

/*
 * The first layout that has a field of this name, the structures of socket options before all
 * others; NULL when there is none. Where the call says which structure it takes, ask record_find().
 */
const struct record_layout *record_of_field(const char *field_name);

/* All layouts: index 0 on; NULL past the last. */
const struct record_layout *record_at(size_t index);

/* A field by name; NULL when the layout has none. */
const struct record_field *record_field_find(const struct record_layout *layout, const char *name);

/*
 * Writes or reads one field of the structure at `memory`, whatever its alignment: size, sign, byte
 * order and bit fields are taken care of, and bits around a bit field are kept. A value that does
 * not fit loses its upper bits. For FIELD_BYTES the caller copies `size` bytes at `offset` instead:
 * put does nothing, get gives 0.
 */
void record_put(const struct record_field *field, void *memory, int64_t value);
int64_t record_get(const struct record_field *field, const void *memory);

#endif
