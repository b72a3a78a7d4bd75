/** Names of columns without a field. Without this list, one of their words could make them match a field. */
export const OTHER_NAMES = `
  tax; order|shipping|product|sales tax; tax amount|id|number|total; discount; discount amount|code; coupon; coupon code;
  subtotal; order subtotal; product subtotal;  platform|transaction|payment|service fee; fee; fee total|product; cost; net total; converted amount; gift card;
  payment method; payment method title; payment reference; payment provider; shipping method; shipping zone; shipping carrier;
  owed; owed amount|total; carrier; tracking; tracking number|code|url; tracking date; shipping date; estimated shipping date; fulfilled date;
  fulfilled carrier; updated date; last updated; last payment|pledge|order date; next payment date; modified date; expiry date; reward shipping date;
  birth date; birthday; age; gender; language; locale; timezone; weight; product weight; length; width; height; size;
  color; shirt size; option 1|2|3; option; variant; product variation; product option; company; company name;
  billing company; billing address; billing address 1|2; billing address line 1|2; billing street; billing city; billing zip; billing phone;
  billing postal; shipping company; recipient company; vendor; supplier; brand; category; tag; group; segment; list; project; project title|name|id;
  campaign; campaign title|name|id; store; shop; store name; source; order source; channel; referrer; referrer id; utm source;
  url; link; website; survey url; survey status; survey reminder; invited date; reminder date; product description;
  description; twitter; instagram; facebook; discord; discord id; nickname; middle name; title; salutation; prefix; suffix;
  newsletter; accepts marketing; marketing; subscribed; opt in; consent; terms accepted; anonymous; public; gift; is gift; gift message; late pledge;
  pledge over time; product total; total product; total quantity; number product; product count total; exchange rate; risk level;
  device id; employee; location id; ip address; user agent; card; card name; card brand; hs code; customs value; country of origin;
  warehouse; batch; row; line; index; position; sort; rank; year; month; week; day; week number; file; file name; version;
  image; photo; picture; passport; latitude; longitude; vat number; personal customs code; store credit; credit; points; rating; order status url
`;
