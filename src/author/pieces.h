/*
 * A script as pieces that can be left out one by one: its events, options and directives, each with
 * the lines that it is on. What stays is renumbered, as if the bytes that are gone had never been
 * there.
 */
#ifndef TCPCLOSE_AUTHOR_PIECES_H
#define TCPCLOSE_AUTHOR_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "script/defines.h"

enum space { OURS, THEIRS }; /* whose sequence numbers: the kernel's, or its peer's */

/* A number in the text that counts in one of the spaces. */
struct number {
	uint32_t begin, end; /* where it is written */
	uint32_t value;
	enum space space;
	unsigned connection; /* the connection, by its ports and by how often it has begun again */
};

/* A size in the text: the length of a segment, or how much a call writes or reads. */
struct size {
	uint32_t begin, end;
};

enum { SIZES_MAX = 2 };

struct piece {
	uint32_t begin, end; /* whole lines, with the comments and blank lines above them */
	bool fixed;          /* it must not be left out: the comment at the head of the file */
	bool packet;
	bool has_bytes; /* it is a segment that occupies [from, to) in a space */
	uint32_t from, to;
	enum space space; /* of a segment */
	unsigned connection;
	uint32_t begins_at; /* the number of a SYN that goes on from a connection before; or 0 */
	uint32_t bytes;     /* bytes of payload in the segment, or that the call moves */
	struct size sizes[SIZES_MAX];
	size_t size_count;
	struct number *numbers;
	size_t number_count;
};

/* What happens to a piece. */
enum fate {
	PIECE_GONE,
	PIECE_KEPT,
	PIECE_SHRUNK, /* kept, with one byte only */
};

struct pieces {
	const char *text;
	size_t length;
	struct piece *list;
	size_t count;
};

/*
 * Cuts a script that is in the file `path`; `given` are the defines of the command line. Returns
 * NULL, or why it cannot be cut, in the arena.
 */
const char *pieces_cut(struct pieces *pieces, struct arena *arena, const char *path,
                       const char *text, const struct defines *given);

/* The text of the pieces that are left, renumbered. begins[i] is where piece i begins in it. */
const char *pieces_text(const struct pieces *pieces, const enum fate *fates, struct arena *arena,
                        uint32_t *begins);

/* The piece at an offset of such a text; pieces->count when there is none. */
size_t pieces_at(const struct pieces *pieces, const enum fate *fates, const uint32_t *begins,
                 uint32_t offset);

/*
 * Reduces the segment `piece` to one byte, and with it segments that repeat it and the call that
 * moves its bytes: a write before it, or a read after it. Returns false, without a change, when it
 * has only one byte.
 */
bool pieces_shrink(const struct pieces *pieces, size_t piece, enum fate *fates);

#endif
