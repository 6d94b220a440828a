#include "explore/chance.h"

#include "base/random.h"

uint64_t chance_next(struct chance *chance)
{
	return random_next(&chance->state);
}

struct chance chance_of(uint64_t seed, uint64_t index)
{
	struct chance chance = { seed };

	chance.state = chance_next(&chance) ^ index * 0xd1342543de82ef95;
	chance_next(&chance);
	return chance;
}

unsigned chance_below(struct chance *chance, unsigned count)
{
	return (unsigned)((chance_next(chance) >> 32) * count >> 32);
}

bool chance_percent(struct chance *chance, unsigned percent)
{
	return chance_below(chance, 100) < percent;
}

size_t chance_weighted(struct chance *chance, const unsigned *weights, size_t count)
{
	unsigned sum = 0, at;

	for (size_t i = 0; i < count; i++)
		sum += weights[i];
	at = chance_below(chance, sum);
	for (size_t i = 0; i < count; i++) {
		if (at < weights[i])
			return i;
		at -= weights[i];
	}
	return count - 1;
}
