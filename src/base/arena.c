#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
enum { GUARD = 16 }; /* poisoned bytes between two allocations */
enum { MAY_WITHHOLD = false };
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
enum { GUARD = 0 };
enum { MAY_WITHHOLD = true };
#endif

enum { ALIGNMENT = 16, FIRST_CHUNK = 2 << 10, LARGEST_CHUNK = 1 << 20 };
enum { FIRST_MAPPING = 32 << 10 }; /* a page of it is taken only when it is touched */

/* In a withheld arena, a chunk is a mapping. */
struct chunk {
	struct chunk *previous;
	size_t size, used; /* how many of `bytes` there are, and are used */
	_Alignas(ALIGNMENT) char bytes[];
};

/* A shared arena is this struct at the start of its mapping. It has no chunks. */
struct arena {
	struct chunk *newest; /* NULL in a shared arena */
	size_t next_chunk;
	bool withheld;
	struct chunk only;
};

static size_t align_up(size_t size)
{
	return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

/*
 * The size of a type is a multiple of its alignment, so the size tells how an object must be
 * aligned. Text needs no alignment. Two cases align everything alike: with guards, because they
 * only work at multiples of eight bytes, and in shared arenas, because those are small.
 */
static size_t alignment_of(size_t size, bool text)
{
	if (GUARD)
		return ALIGNMENT;
	return text ? 1 : size % ALIGNMENT == 0 ? ALIGNMENT : ALIGNMENT / 2;
}

static size_t whole_pages(size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	return (size + page - 1) / page * page;
}

static void *map(size_t size)
{
	void *mapping = mmap(NULL, size, PROT_READ | PROT_WRITE,
	                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	/* Where it cannot be withheld, children get it; this only takes time. */
	if (mapping != MAP_FAILED)
		madvise(mapping, size, MADV_DONTFORK);
	return mapping == MAP_FAILED ? NULL : mapping;
}

/* A chunk with at least `size` bytes. */
static struct chunk *chunk_new(const struct arena *arena, size_t size, struct chunk *previous)
{
	size_t all = sizeof(struct chunk) + size;
	struct chunk *chunk;

	if (arena->withheld)
		all = whole_pages(all);
	chunk = arena->withheld ? map(all) : calloc(1, all);
	if (!chunk)
		abort();
	chunk->previous = previous;
	chunk->size = all - sizeof(struct chunk);
	ASAN_POISON_MEMORY_REGION(chunk->bytes, chunk->size);
	return chunk;
}

static struct arena *begin(bool withheld, size_t first)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (!arena)
		abort();
	arena->withheld = withheld;
	arena->newest = chunk_new(arena, first, NULL);
	arena->next_chunk = 2 * first;
	return arena;
}

struct arena *arena_new(void)
{
	return begin(false, FIRST_CHUNK);
}

struct arena *arena_new_withheld(void)
{
	return MAY_WITHHOLD ? begin(true, FIRST_MAPPING - sizeof(struct chunk)) : arena_new();
}

void arena_lend(const struct arena *arena, bool lent)
{
	for (struct chunk *chunk = arena->newest; arena->withheld && chunk; chunk = chunk->previous)
		madvise(chunk, sizeof(*chunk) + chunk->size, lent ? MADV_DOFORK : MADV_DONTFORK);
}

struct arena *arena_new_shared(size_t size)
{
	struct arena *arena;

	if (size > SIZE_MAX / 2)
		abort();
	arena = mmap(NULL, sizeof(*arena) + size, PROT_READ | PROT_WRITE,
	             MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (arena == MAP_FAILED)
		abort();
	arena->only.size = size;
	return arena;
}

static void free_chunks(const struct arena *arena, struct chunk *chunk)
{
	for (struct chunk *previous; chunk; chunk = previous) {
		previous = chunk->previous;
		ASAN_UNPOISON_MEMORY_REGION(chunk->bytes, chunk->size);
		if (arena->withheld)
			munmap(chunk, sizeof(*chunk) + chunk->size);
		else
			free(chunk);
	}
}

void arena_reset(struct arena *arena)
{
	struct chunk *chunk = arena->newest;

	free_chunks(arena, chunk->previous);
	chunk->previous = NULL;
	ASAN_UNPOISON_MEMORY_REGION(chunk->bytes, chunk->size);
	memset(chunk->bytes, 0, chunk->used);
	ASAN_POISON_MEMORY_REGION(chunk->bytes, chunk->size);
	chunk->used = 0;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	if (!arena->newest) {
		munmap(arena, sizeof(*arena) + arena->only.size);
		return;
	}
	free_chunks(arena, arena->newest);
	free(arena);
}

/* Several processes may allocate at the same time, so the end moves by one atomic exchange. */
static void *shared_alloc(struct arena *arena, size_t size)
{
	struct chunk *chunk = &arena->only;
	size_t used = __atomic_load_n(&chunk->used, __ATOMIC_RELAXED);

	do {
		if (size > chunk->size || align_up(used) > chunk->size - size)
			return NULL;
	} while (!__atomic_compare_exchange_n(&chunk->used, &used, align_up(used) + size, false,
	                                      __ATOMIC_RELAXED, __ATOMIC_RELAXED));
	return chunk->bytes + align_up(used);
}

static struct chunk *chunk_with_room(struct arena *arena, size_t need)
{
	struct chunk *chunk = arena->newest;

	if (need <= chunk->size - chunk->used)
		return chunk;
	/*
	 * A large block gets a chunk of its own behind the newest one. The room that is left in the
	 * newest chunk stays in use.
	 */
	if (need > arena->next_chunk / 4) {
		chunk->previous = chunk_new(arena, need, chunk->previous);
		return chunk->previous;
	}
	arena->newest = chunk_new(arena, arena->next_chunk, chunk);
	if (arena->next_chunk < LARGEST_CHUNK)
		arena->next_chunk *= 2;
	return arena->newest;
}

static void *take(struct arena *arena, size_t size, bool text)
{
	size_t alignment = alignment_of(size, text), skip;
	struct chunk *chunk;
	char *bytes;

	if (!arena->newest)
		return shared_alloc(arena, size);
	if (size > SIZE_MAX / 2)
		abort();
	/*
	 * The guard's own size is a multiple of every alignment, so it does not disturb the
	 * alignment.
	 */
	size += GUARD ? align_up(size) - size + GUARD : 0;
	chunk = chunk_with_room(arena, size + alignment - 1);
	skip = -chunk->used & (alignment - 1);
	bytes = chunk->bytes + chunk->used + skip;
	chunk->used += skip + size;
	return bytes;
}

static void *hand_out(struct arena *arena, size_t size, bool text)
{
	void *bytes = take(arena, size, text);

	if (!arena->newest)
		return bytes;
	ASAN_UNPOISON_MEMORY_REGION(bytes, size);
	return bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	/* At least one byte is taken, so that every result has an address of its own. */
	return hand_out(arena, size ? size : 1, false);
}

void *arena_grown(struct arena *arena, void *list, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return list;
	*room = *room ? 2 * *room : 16;
	void *larger = arena_alloc(arena, *room * size);
	if (count)
		memcpy(larger, list, count * size);
	return larger;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	size_t n = strnlen(text, length);
	char *copy = hand_out(arena, n + 1, true);

	if (copy)
		memcpy(copy, text, n);
	return copy;
}

void *arena_memdup(struct arena *arena, const void *data, size_t size)
{
	void *copy = arena_alloc(arena, size);

	if (copy && size > 0)
		memcpy(copy, data, size);
	return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	char *text;
	int length;

	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		abort();
	text = hand_out(arena, (size_t)length + 1, true);
	if (text)
		vsnprintf(text, (size_t)length + 1, format, args);
	return text;
}
