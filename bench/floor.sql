-- A table as one would lay it out without much thought of searches: wide, names written in, plain indexes.
create schema floor;
create table floor.homes as
select p.id, p.source, p.purpose, p.kind, p.title, p.description, p.price, p.area_sqft, p.bedrooms,
  p.furnishing, p.facing, p.possession, locality.name as locality, sector.name as sector,
  society.name as society, s.lat, s.lng, p.geog, s.metro as metro_m, '{}'::text[] as amenities,
  p.amenities_yes as bits, p.flags, p.photos, p.first_seen_at as listed_at
from properties p
join property_search s on s.property_id = p.id
left join places locality on locality.id = p.locality_id
left join places sector on sector.id = p.sector_id
left join places society on society.id = p.society_id
order by p.id;
alter table floor.homes add primary key (id);
create index on floor.homes using gist (geog);
create index on floor.homes (purpose, kind, bedrooms, price);
create index on floor.homes (listed_at desc, id desc);
