#include "author/failing_row.h"

#include <string.h>

#include "author/one_row.h"

enum { KERNELS = 2 };

static bool same(const struct played *a, const struct played *b)
{
	return a->kind == b->kind && !strcmp(a->class, b->class) && !strcmp(a->fields, b->fields) &&
	       !strcmp(a->state, b->state);
}

static bool is_wrong(const struct player *player, const struct played *played)
{
	return player->subjects > 1 ? !same(&played[0], &played[1]) : played->kind == VERDICT_FAIL;
}

/* The same without a table, when that fails as it does with it. */
static const char *without_table(const char *path, const char *text, const char *with, size_t row,
                                 struct player *player, struct arena *arena)
{
	const char *texts[2] = { with, one_row_written(text, arena, row) };
	struct played played[2 * KERNELS];
	bool good = true;

	player->play(player->context, path, texts, 2, played);
	for (unsigned k = 0; k < player->subjects; k++)
		good &= same(&played[k], &played[player->subjects + k]);
	return texts[good];
}

const char *failing_row(const char *path, const char *text, struct player *player,
                        struct arena *arena)
{
	size_t rows = one_row_count(text, arena), row = 0;

	if (!rows)
		return text;
	const char **texts = arena_alloc(arena, rows * sizeof(*texts));
	struct played *played = arena_alloc(arena, rows * KERNELS * sizeof(*played));
	for (size_t i = 0; i < rows; i++)
		texts[i] = one_row_text(text, arena, i);
	player->play(player->context, path, texts, rows, played);
	while (row < rows && !is_wrong(player, &played[row * player->subjects]))
		row++;
	return row == rows ? texts[0] : without_table(path, text, texts[row], row, player, arena);
}
