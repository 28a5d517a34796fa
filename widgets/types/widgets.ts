// Generated from the tools by `make types`; a change here is lost.

export interface Widgets {
  "activity-list": "activity_of" | "my_activity";
  "confirm-action": "action_status" | "delete_my_account" | "request_visit" | "reveal_contact";
  inbox: "list_notifications";
  "property-compare": "compare_properties";
  "property-detail": "get_property";
  "property-list": "search_properties" | "similar_properties";
}

export type WidgetName = keyof Widgets;

export const SHOWS: { readonly [W in WidgetName]: readonly Widgets[W][] } = {
  "activity-list": ["activity_of", "my_activity"],
  "confirm-action": ["action_status", "delete_my_account", "request_visit", "reveal_contact"],
  inbox: ["list_notifications"],
  "property-compare": ["compare_properties"],
  "property-detail": ["get_property"],
  "property-list": ["search_properties", "similar_properties"],
};
