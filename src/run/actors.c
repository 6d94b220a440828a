#include "run/actors.h"

void actors_init(struct actors *actors, struct arena *arena)
{
	actors->list[0].descriptors = arena_alloc(arena, sizeof(*actors->descriptors));
	actors_act(actors, 0);
}

void actors_act(struct actors *actors, unsigned process)
{
	actors->descriptors = actors->list[process].descriptors;
}

void actors_add_twin(struct actors *actors, struct arena *arena, unsigned process,
                     unsigned host_number)
{
	actors->list[process] = (struct actor){
		.descriptors =
			arena_memdup(arena, actors->descriptors, sizeof(*actors->descriptors)),
		.host_number = host_number,
	};
}

void actors_add_program(struct actors *actors, unsigned process, unsigned host_number)
{
	actors->list[process].host_number = host_number;
}
