-- What the queries use beside standard SQL, by Spark's names, for DuckDB.
CREATE MACRO explode(l) AS unnest(l);
CREATE MACRO collect_list(x) AS list(x) FILTER (WHERE x IS NOT NULL);
CREATE MACRO size(l) AS len(l);
CREATE MACRO array_sort(l) AS list_sort(l);
CREATE MACRO ranked(minus, value) AS {'minus': minus, 'value': value};
CREATE MACRO named(name, value) AS {'name': name, 'value': value};
CREATE MACRO in_year(year, speeches, mentions) AS {'year': year, 'speeches': speeches, 'mentions': mentions};
CREATE MACRO forms_of(l) AS list_transform(list_sort(coalesce(l, [])), lambda x: {'form': x.value, 'count': -x.minus});
CREATE MACRO map_of(l) AS map_from_entries(list_sort(coalesce(l, [])));
CREATE MACRO sorted_of(l) AS list_sort(coalesce(l, []));
CREATE MACRO without(l, x) AS list_filter(l, lambda y: y <> x);
CREATE MACRO ids_of(l) AS list_transform(l, lambda x: concat_ws('|', x.type, x.scope, x.key));
