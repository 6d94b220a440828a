/*
 * A region of memory that is freed all at once. Everything that belongs to one script (its tree,
 * its program, its verdict) is in one arena, and nothing in it is freed by itself.
 */
#ifndef TCPCLOSE_BASE_ARENA_H
#define TCPCLOSE_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A new, empty arena. When memory runs out, this and all functions below abort the process. */
struct arena *arena_new(void);

/*
 * An arena in one mapping of `size` bytes, which is shared with the children that fork(2) makes and
 * has the same address there. What a child writes into it, the parent can read, even after the
 * child has died. A page is taken from the system only when it is touched. Several processes may
 * allocate at the same time. When `size` is used up, arena_alloc() and the functions that copy
 * return NULL. A process that frees the arena frees it only for itself.
 */
struct arena *arena_new_shared(size_t size);

/*
 * An arena that children do not get: in a child of fork(2) it must not be used, unless it was lent
 * while fork(2) was called. So a process with much memory still makes children at once; each page
 * that a child gets costs it time when it begins, when it locks its memory, and when it ends.
 */
struct arena *arena_new_withheld(void);

/* From now on, children get a withheld arena, or do not. Other arenas they always get. */
void arena_lend(const struct arena *arena, bool lent);

/* Frees the arena and all that was allocated from it. NULL is allowed. */
void arena_free(struct arena *arena);

/*
 * Forgets everything that was allocated, and keeps the memory for what is allocated next. Not for
 * shared arenas.
 */
void arena_reset(struct arena *arena);

/* Returns `size` zeroed bytes, aligned for any type of that size and for arrays of such a type. */
void *arena_alloc(struct arena *arena, size_t size);

/*
 * These return a copy. A copied string ends with NUL; arena_strndup() copies at most `length` bytes
 * and stops at a NUL.
 */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
void *arena_memdup(struct arena *arena, const void *data, size_t size);

/*
 * Room for one more element behind `count` elements of `size` bytes: the list itself when *room is
 * more than that, or else a copy in twice the room, whose new part is zeroed. A new list is NULL,
 * with *room 0.
 */
void *arena_grown(struct arena *arena, void *list, size_t count, size_t *room, size_t size);

/* sprintf(3) into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

#endif
