// Generated from the tools by `make types`; a change here is lost.

export interface Widgets {
  "activity-list": "activity_of" | "my_activity";
  "confirm-action": "action_status" | "delete_my_account" | "request_visit" | "reschedule_visit" | "reveal_contact" | "send_enquiry";
  "cost-breakdown": "estimate_affordability" | "estimate_emi" | "rent_or_buy" | "total_cost";
  inbox: "list_notifications";
  "listing-editor": "draft_listing" | "duplicate_listing" | "get_listing" | "update_listing";
  "owner-board": "listing_insights" | "my_listings";
  "property-compare": "compare_properties";
  "property-deck": "next_properties";
  "property-detail": "get_property";
  "property-list": "search_properties" | "similar_properties";
  "verification-queue": "list_review_queue";
  "visit-list": "list_my_visits";
  "visit-planner": "visit_slots";
  "watch-list": "list_watches";
}

export type WidgetName = keyof Widgets;

export const SHOWS: { readonly [W in WidgetName]: readonly Widgets[W][] } = {
  "activity-list": ["activity_of", "my_activity"],
  "confirm-action": ["action_status", "delete_my_account", "request_visit", "reschedule_visit", "reveal_contact", "send_enquiry"],
  "cost-breakdown": ["estimate_affordability", "estimate_emi", "rent_or_buy", "total_cost"],
  inbox: ["list_notifications"],
  "listing-editor": ["draft_listing", "duplicate_listing", "get_listing", "update_listing"],
  "owner-board": ["listing_insights", "my_listings"],
  "property-compare": ["compare_properties"],
  "property-deck": ["next_properties"],
  "property-detail": ["get_property"],
  "property-list": ["search_properties", "similar_properties"],
  "verification-queue": ["list_review_queue"],
  "visit-list": ["list_my_visits"],
  "visit-planner": ["visit_slots"],
  "watch-list": ["list_watches"],
};
