/*
 * A region of memory that is freed all at once. Everything that belongs to one script (its tree,
 * its program, the verdict on it) lives in one arena; nothing in it is freed singly.
 */
#ifndef TCPCLOSE_BASE_ARENA_H
#define TCPCLOSE_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A new, empty arena. Aborts when memory runs out, as every function here does. */
struct arena *arena_new(void);

/*
 * An arena of one fixed mapping of `size` bytes that children made by fork share with the parent,
 * at the same address: what a child writes into it the parent reads, even when the child died.
 * Pages are only taken when touched. Several processes may allocate from it at the same time. When
 * `size` is used up, arena_alloc() and the copying functions return NULL. One process frees it for
 * itself only.
 */
struct arena *arena_new_shared(size_t size);

/* Frees the arena and all that was allocated from it. NULL is allowed. */
void arena_free(struct arena *arena);

/*
 * Forgets all that was allocated, to begin anew in memory that is there already. Not for shared
 * ones.
 */
void arena_reset(struct arena *arena);

/* `size` zeroed bytes, aligned for any type of that size, and for arrays of such. */
void *arena_alloc(struct arena *arena, size_t size);

/* Copies; a copied string is NUL terminated, and strndup stops at a NUL. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
void *arena_memdup(struct arena *arena, const void *data, size_t size);

/* sprintf(3) into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

#endif
